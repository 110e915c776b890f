import { createHmac } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Clock } from '../../kernel/clock.js'

/** A hub's webhook door for tests: checks signatures as the hub does, and answers as it is told to. */
export interface Receiver {
  url: string
  /** Status of the next answers, 202 unless told otherwise. Events count as stored with 202 only. */
  status: (path: string, events: Stored[]) => number
  /** Every stored event in the order of arrival, by path. */
  stored(path: string): Stored[]
  /** Number of requests so far. */
  requests: number
  stop(): Promise<void>
}

export type Stored = Record<string, unknown>

export async function startReceiver(secrets: Record<string, string>, clock: Clock, port = 0): Promise<Receiver> {
  const stored = new Map<string, Stored[]>()
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      receiver.requests += 1
      const path = request.url!
      const body = Buffer.concat(chunks).toString('utf8')
      const timestamp = String(request.headers['x-hub-timestamp'])
      const mac = createHmac('sha256', secrets[path] ?? '')
        .update(`${timestamp}.${body}`)
        .digest('hex')
      const fresh = Math.abs(clock.now().getTime() - Number(timestamp)) <= 300_000
      const valid = fresh && request.headers['x-hub-signature'] === `v1=${mac}`
      const events = valid ? (JSON.parse(body) as Stored[]) : []
      const status = valid ? receiver.status(path, events) : 401
      if (status === 202) stored.set(path, [...(stored.get(path) ?? []), ...events])
      response.writeHead(status).end()
    })
  })
  await new Promise<void>(resolve => server.listen(port, '127.0.0.1', resolve))
  const receiver: Receiver = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    status: () => 202,
    stored: path => stored.get(path) ?? [],
    requests: 0,
    stop: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
  return receiver
}
