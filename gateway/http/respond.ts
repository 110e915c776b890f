import type { IncomingMessage, ServerResponse } from 'node:http'

/** Ends a response. A request whose body was not read is let run out, so that the client can read the answer before the connection closes. */
export function respond(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  body: string | Uint8Array,
  type: string,
): void {
  const bytes = typeof body === 'string' ? Buffer.from(body) : body
  if (!request.complete && request.method !== 'GET' && request.method !== 'HEAD') drain(request, response)
  response.setHeader('x-content-type-options', 'nosniff')
  if (!response.hasHeader('cache-control')) response.setHeader('cache-control', 'no-store')
  response.writeHead(status, { 'content-type': type, 'content-length': bytes.length })
  response.end(request.method === 'HEAD' ? undefined : bytes)
}

export const respondJson = (request: IncomingMessage, response: ServerResponse, status: number, value: unknown): void =>
  respond(request, response, status, JSON.stringify(value), 'application/json; charset=utf-8')

const DRAIN_MS = 5000

function drain(request: IncomingMessage, response: ServerResponse): void {
  response.setHeader('connection', 'close')
  request.resume()
  const timer = setTimeout(() => request.destroy(), DRAIN_MS)
  timer.unref()
  request.once('close', () => clearTimeout(timer))
}
