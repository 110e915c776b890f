import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { handleProtocols, type Server } from 'graphql-ws'
import { type RawData, type WebSocket, WebSocketServer } from 'ws'
import type { Clock } from '../../kernel/clock.js'
import type { Log } from '../../kernel/log/index.js'
import type { Cors } from '../http/cors.js'
import { jsonDepth } from '../limits/jsonDepth.js'
import type { Limits } from '../limits/limits.js'
import type { GatewayMetrics } from '../metrics.js'
import { type Guest, protocolServer } from './protocolServer.js'

export interface SocketsSettings extends Omit<Parameters<typeof protocolServer>[0], 'log'> {
  limits: Limits
  cors: Cors
  clock: Clock
  metrics: GatewayMetrics
  log: Log
}

const BEAT_MS = 12_000
/** Bytes a client may leave unread before it is given up. */
const UNREAD_BYTES = 4 * 1024 * 1024
const GOING_AWAY = 1001
const TRY_LATER = 1013
const BAD_REQUEST = 4400
const FORBIDDEN = 4403

interface Open {
  socket: WebSocket
  guest: Guest
  /** It has answered the last ping. */
  alive: boolean
}

/** The WebSockets of clients: what comes in is measured before anything reads it, and none outlives its token. */
export class Sockets {
  readonly #accept: WebSocketServer
  readonly #protocol: Server<Guest>
  readonly #open = new Set<Open>()
  #beat = performance.now()

  constructor(private readonly settings: SocketsSettings) {
    const { limits, log } = settings
    this.#protocol = protocolServer(settings)
    this.#accept = new WebSocketServer({
      noServer: true,
      maxPayload: limits.socketMessageBytes,
      perMessageDeflate: false,
      handleProtocols,
    })
    this.#accept.on('wsClientError', error => log.debug({ error }, 'A WebSocket handshake failed'))
  }

  get size(): number {
    return this.#open.size
  }

  handleUpgrade(request: IncomingMessage, stream: Duplex, head: Buffer): void {
    const waiting = [...this.#open].filter(({ guest }) => !guest.identity).length
    if (!this.settings.cors.admits(request)) refuse(stream, '403 Forbidden')
    else if (waiting >= this.settings.limits.socketsWaiting) refuse(stream, '503 Service Unavailable')
    else this.#accept.handleUpgrade(request, stream, head, socket => this.#opened(socket, request))
  }

  /** Ends sockets whose token has ended or whose other side is gone. */
  runDue(): void {
    const now = this.settings.clock.now()
    const beats = performance.now() - this.#beat >= BEAT_MS
    if (beats) this.#beat = performance.now()
    for (const open of this.#open) {
      const { socket, guest } = open
      if (guest.identity && guest.identity.expiresAt <= now) {
        socket.close(FORBIDDEN, 'The token has ended: connect again with a new one.')
      } else if (beats && !open.alive) socket.terminate()
      else if (beats) {
        open.alive = false
        socket.ping()
      }
    }
  }

  /** Tells all clients to go, and cuts off those that have not after `ms`. */
  async stop(ms: number): Promise<void> {
    const gone = [...this.#open].map(({ socket }) => new Promise(resolve => socket.once('close', resolve)))
    for (const { socket } of this.#open) socket.close(GOING_AWAY, 'The hub is being stopped: connect again later.')
    const cut = setTimeout(() => {
      for (const { socket } of this.#open) socket.terminate()
    }, ms)
    await Promise.all(gone)
    clearTimeout(cut)
  }

  #opened(socket: WebSocket, request: IncomingMessage): void {
    const { limits, metrics, log } = this.settings
    const guest: Guest = {
      request,
      identity: null,
      leave: null,
      dismiss: () => socket.close(FORBIDDEN, 'Your account is not active any more.'),
    }
    const open: Open = { socket, guest, alive: true }
    this.#open.add(open)
    metrics.streams('ws', 1)
    let messages = 0

    const closed = this.#protocol.opened(
      {
        protocol: socket.protocol,
        send: text => send(socket, text),
        close: (code, reason) => socket.close(code, reason),
        onMessage: take =>
          socket.on('message', async (data: RawData, isBinary) => {
            const bytes = data as Buffer
            const first = messages++ === 0
            if (socket.bufferedAmount > UNREAD_BYTES) return socket.terminate()
            if (isBinary) return socket.close(BAD_REQUEST, 'Only text is understood here.')
            if (first && bytes.length > limits.connectionInitBytes)
              return socket.close(BAD_REQUEST, 'Too long a first message.')
            const text = bytes.toString()
            if (jsonDepth(text) > limits.jsonDepth) return socket.close(BAD_REQUEST, 'Too deep a message.')
            try {
              await take(text)
            } catch (error) {
              log.debug({ error }, 'A WebSocket message failed')
              socket.close(TRY_LATER, 'This did not work: connect again later.')
            }
          }),
      },
      guest,
    )
    socket.on('pong', () => {
      open.alive = true
    })
    // What breaks the protocol ws closes by itself, with the code that says why.
    socket.on('error', error => log.debug({ error }, 'A WebSocket broke'))
    socket.once('close', (code, reason) => {
      this.#open.delete(open)
      metrics.streams('ws', -1)
      guest.leave?.()
      closed(code, String(reason)).catch(error => log.warn({ error }, 'A WebSocket left something behind'))
    })
  }
}

/** Resolves once the system has taken the text: the next event is not asked for before. */
const send = (socket: WebSocket, text: string): Promise<void> =>
  new Promise(resolve => {
    if (socket.readyState !== socket.OPEN) resolve()
    else socket.send(text, () => resolve())
  })

function refuse(stream: Duplex, status: string): void {
  stream.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`)
}
