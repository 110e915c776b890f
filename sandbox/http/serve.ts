import { createHash, timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { SandboxLog } from '../log.js'
import { Refusal } from './refusal.js'
import { type Answer, findRoute, type Route } from './router.js'

const host = '127.0.0.1'
const largestBody = 1_000_000

export interface RunningServer {
  url: string
  stop(): Promise<void>
}

/** A port of loopback that is held: whoever asks before there is anybody to answer is told to come again. */
export class Door implements RunningServer {
  #answering: { routes: readonly Route[]; key: string; log: SandboxLog } | undefined
  readonly #server: Server

  private constructor() {
    this.#server = createServer((request, response) => {
      const { routes, key, log } = this.#answering ?? {}
      if (!routes || key === undefined || !log) return send(response, { status: 503, body: { error: 'not_ready' } })
      answer(routes, key, request)
        .catch(error => refused(error, log))
        .then(result => send(response, result))
    })
  }

  /** Port 0 takes any free one. */
  static async open(port: number): Promise<Door> {
    const door = new Door()
    await new Promise<void>((resolve, reject) => {
      door.#server.once('error', reject)
      door.#server.listen(port, host, resolve)
    })
    return door
  }

  get url(): string {
    return `http://${host}:${(this.#server.address() as AddressInfo).port}`
  }

  /** Serves the routes from now on, to whoever sends `authorization: Bearer <key>` or `x-api-key`. */
  serve(routes: readonly Route[], key: string, log: SandboxLog): RunningServer {
    this.#answering = { routes, key, log }
    return this
  }

  /** Once more is no harm. */
  stop(): Promise<void> {
    return new Promise(resolve => {
      this.#server.close(() => resolve())
      this.#server.closeAllConnections()
    })
  }
}

/** Serves the routes on loopback. Port 0 takes any free one. */
export const serve = async (
  routes: readonly Route[],
  key: string,
  port: number,
  log: SandboxLog,
): Promise<RunningServer> => (await Door.open(port)).serve(routes, key, log)

async function answer(routes: readonly Route[], key: string, request: IncomingMessage): Promise<Answer> {
  const url = new URL(request.url ?? '/', `http://${host}`)
  const { route, params } = findRoute(routes, request.method ?? 'GET', url.pathname)
  if (!route.open && !hasKey(request, key)) throw new Refusal(401, 'unauthorized')
  const headers = request.headers as Record<string, string | undefined>
  return route.handle({ params, query: url.searchParams, headers, body: await readBody(request) })
}

function hasKey(request: IncomingMessage, key: string): boolean {
  const bearer = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1]
  const given = bearer ?? request.headers['x-api-key']
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return typeof given === 'string' && timingSafeEqual(digest(given), digest(key))
}

async function readBody(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size <= largestBody) chunks.push(chunk)
  }
  // Read to the end all the same: a sender that is cut off in the middle sees a broken connection instead of the answer.
  if (size > largestBody) throw new Refusal(413, 'too_large')
  if (size === 0) return undefined
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'))
  } catch {
    throw new Refusal(400, 'bad_json')
  }
}

function refused(error: unknown, log: SandboxLog): Answer {
  if (error instanceof Refusal) return { status: error.status, body: { error: error.code, ...error.detail } }
  log.warn({ error: error instanceof Error ? error.stack : 'unknown' }, 'a sandbox server failed to answer')
  return { status: 500, body: { error: 'internal' } }
}

function send(response: ServerResponse, { status, body, bytes, headers }: Answer): void {
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    ...(bytes && { 'content-length': String(bytes.length) }),
    ...headers,
  })
  response.end(bytes ?? (body === undefined ? undefined : JSON.stringify(body)))
}
