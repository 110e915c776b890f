import { connect, type NatsConnection, type NodeConnectionOptions } from '@nats-io/transport-node'
import { messageOf } from '../kernel/errors.js'
import type { Log } from '../kernel/log/index.js'
import { reconnectDelay } from './reconnectDelay.js'
import type { Wakes } from './wakes.js'

export interface NatsSettings {
  /** `nats://` or `tls://`, with user and password or a token in it where the server wants them. */
  url: string
  log: Log
  /** Told which topics have news that another process made. */
  heard(topics: readonly string[]): void
}

const SUBJECT = 'hub.wake'
const CONNECT_MS = 5000
/** Names of topics are short; whatever is longer is not of the hub. */
const LONGEST = 10_000

/** Wake-ups over a NATS server. Once connected, its library connects again whenever the connection is lost. */
export class WakeByNats implements Wakes {
  #connection: NatsConnection | null = null
  #connecting: Promise<void> | undefined
  #timer: NodeJS.Timeout | undefined
  #tries = 0
  #stopped = false

  constructor(private readonly settings: NatsSettings) {}

  start(): Promise<void> {
    this.#connecting = this.#connect()
    return this.#connecting
  }

  publish(topics: readonly string[]): void {
    if (this.#connection && !this.#connection.isClosed()) this.#connection.publish(SUBJECT, JSON.stringify(topics))
  }

  async stop(): Promise<void> {
    this.#stopped = true
    clearTimeout(this.#timer)
    await this.#connecting
    await this.#connection?.close()
  }

  async #connect(): Promise<void> {
    const { log } = this.settings
    try {
      const connection = await connect(optionsOf(this.settings.url))
      this.#connection = connection
      this.#tries = 0
      this.#listen(connection)
      // Not before the server knows who listens is this process reached; a connection lost meanwhile takes that up by itself.
      await connection.flush().catch(() => undefined)
    } catch (error) {
      if (this.#stopped) return
      const ms = reconnectDelay(this.#tries++)
      log.warn({ part: 'wake-ups', reason: messageOf(error), ms }, 'NATS cannot be reached; tried again')
      this.#timer = setTimeout(() => void this.start(), ms)
      this.#timer.unref()
    }
  }

  #listen(connection: NatsConnection): void {
    connection.subscribe(SUBJECT, {
      callback: (error, message) => {
        if (error === null && message.data.length <= LONGEST) this.settings.heard(topicsOf(message.string()))
      },
    })
    void this.#follow(connection)
  }

  async #follow(connection: NatsConnection): Promise<void> {
    for await (const { type } of connection.status()) {
      if (this.#stopped) return
      if (type === 'disconnect') this.settings.log.warn({ part: 'wake-ups' }, 'NATS was lost; it is connected again')
      if (type === 'reconnect') this.settings.log.info({ part: 'wake-ups' }, 'NATS is back')
    }
  }
}

/** The library takes no credentials from the address. */
function optionsOf(url: string): NodeConnectionOptions {
  const { protocol, host, username, password } = new URL(url)
  const user = decodeURIComponent(username)
  const pass = decodeURIComponent(password)
  return {
    servers: host,
    name: 'call-crm-hub',
    // This process was woken already.
    noEcho: true,
    timeout: CONNECT_MS,
    maxReconnectAttempts: -1,
    ...(protocol === 'tls:' && { tls: {} }),
    ...(pass ? { user, pass } : user ? { token: user } : {}),
  }
}

/** What came from elsewhere is not believed: names of topics, or nothing. */
function topicsOf(text: string): string[] {
  try {
    const topics: unknown = JSON.parse(text)
    return Array.isArray(topics) ? topics.filter(topic => typeof topic === 'string') : []
  } catch {
    return []
  }
}
