import type { IncomingMessage, ServerResponse } from 'node:http'

/** Pages of these origins may call; all others get no header, and the browser keeps the answer from them. */
export class Cors {
  readonly #origins: ReadonlySet<string>

  constructor(origins: readonly string[]) {
    this.#origins = new Set(origins)
  }

  /** Adds what the browser needs to hand the answer to an allowed page. Without credentials: the hub knows no cookies. */
  apply({ headers }: IncomingMessage, response: ServerResponse): void {
    response.setHeader('vary', 'origin')
    if (!headers.origin || !this.#origins.has(headers.origin)) return
    response.setHeader('access-control-allow-origin', headers.origin)
    response.setHeader('access-control-expose-headers', 'x-request-id, retry-after')
  }

  /** Answers a preflight request. */
  preflight(request: IncomingMessage, response: ServerResponse): void {
    if (response.hasHeader('access-control-allow-origin')) {
      response.setHeader('access-control-allow-methods', 'GET, POST')
      response.setHeader(
        'access-control-allow-headers',
        'authorization, content-type, accept-language, apollo-require-preflight',
      )
      response.setHeader('access-control-max-age', '600')
    }
    request.resume()
    response.writeHead(204).end()
  }

  /** Whether a page of this origin may open a WebSocket here: for those browsers ask nobody. No origin: it is no browser. */
  admits({ headers }: IncomingMessage): boolean {
    const { origin, host } = headers
    if (origin === undefined || this.#origins.has(origin)) return true
    return URL.parse(origin)?.host === host
  }
}
