import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'

/** Something it was asked, as it came over the wire. */
export interface PbxRequest {
  method: string
  /** With the question behind it. */
  url: string
  headers: Record<string, string | string[] | undefined>
  body: string
}

/** What it answers: a status with JSON, or whatever the test writes itself. */
export type PbxAnswer = { status: number; json?: unknown } | ((response: ServerResponse) => void)

/** A phone system that can be asked, as docs/hooks.md says: real HTTP on a free port; what it answers is up to the test. */
export class PbxServer {
  /** What it was asked, in order. */
  readonly requests: PbxRequest[] = []
  /** By default it takes every call, and knows of none. */
  answer: (request: PbxRequest) => PbxAnswer | Promise<PbxAnswer> = usual
  readonly #server: Server

  private constructor() {
    this.#server = createServer((request, response) => void this.#serve(request, response))
  }

  static async start(): Promise<PbxServer> {
    const pbx = new PbxServer()
    pbx.#server.listen(0, '127.0.0.1')
    await once(pbx.#server, 'listening')
    return pbx
  }

  get address(): string {
    return `http://127.0.0.1:${(this.#server.address() as { port: number }).port}`
  }

  /** The calls it was asked to place. */
  get orders(): { callId: string; extension: string; number: string; shownAs: string }[] {
    return this.requests.filter(({ url }) => url === '/originate').map(({ body }) => JSON.parse(body))
  }

  /** As at the beginning. */
  forget(): void {
    this.requests.length = 0
    this.answer = usual
  }

  async stop(): Promise<void> {
    this.#server.close()
    this.#server.closeAllConnections()
    await once(this.#server, 'close')
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url = '', headers } = request
    const asked = { method, url, headers, body: await text(request) }
    this.requests.push(asked)
    const answer = await this.answer(asked)
    if (typeof answer === 'function') return answer(response)
    response.writeHead(answer.status, { 'content-type': 'application/json' })
    response.end(answer.json === undefined ? undefined : JSON.stringify(answer.json))
  }
}

function usual({ method, url }: PbxRequest): PbxAnswer {
  if (method === 'POST') return url === '/originate' ? { status: 201, json: {} } : { status: 204 }
  return { status: 200, json: { items: [], nextCursor: null } }
}
