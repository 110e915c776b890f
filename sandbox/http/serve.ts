import { createHash, timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
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

/** Serves the routes on loopback to whoever sends `authorization: Bearer <key>` or `x-api-key`. Port 0 takes any free one. */
export async function serve(
  routes: readonly Route[],
  key: string,
  port: number,
  log: SandboxLog,
): Promise<RunningServer> {
  const server = createServer((request, response) => {
    answer(routes, key, request)
      .catch(error => refused(error, log))
      .then(result => send(response, result))
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  return {
    url: `http://${host}:${(server.address() as AddressInfo).port}`,
    stop: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

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

function send(response: ServerResponse, { status, body, headers }: Answer): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers })
  response.end(body === undefined ? undefined : JSON.stringify(body))
}
