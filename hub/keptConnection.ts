import pg from 'pg'
import { messageOf } from '../kernel/errors.js'
import type { Log } from '../kernel/log/index.js'
import { reconnectDelay } from './reconnectDelay.js'

export interface KeptConnectionSettings {
  url: string
  /** What it is for, as the log and the server's list of connections show it. */
  part: string
  log: Log
  /** Called with every new connection, before anybody else may use it. */
  opened?(client: pg.Client): Promise<void>
  /** Called once for every connection that was opened and is gone; not when it is stopped. */
  lost?(): void
}

const PING_MS = 5000
const ANSWER_MS = 5000

/** A connection to the database that stays open beside the pool, and is opened again whenever it is lost. */
export class KeptConnection {
  #client: pg.Client | null = null
  #timer: NodeJS.Timeout | undefined
  #ping: NodeJS.Timeout | undefined
  #connecting: Promise<void> | undefined
  #tries = 0
  #stopped = false

  constructor(private readonly settings: KeptConnectionSettings) {}

  /** null while it is lost. */
  get client(): pg.Client | null {
    return this.#client
  }

  /** Resolves after the first attempt, whether or not it succeeded: attempts go on by themselves. */
  start(): Promise<void> {
    this.#ping = setInterval(() => void this.#client?.query('select 1').catch(() => undefined), PING_MS).unref()
    return this.#open()
  }

  async stop(): Promise<void> {
    this.#stopped = true
    clearTimeout(this.#timer)
    clearInterval(this.#ping)
    await this.#connecting
    const client = this.#client
    this.#client = null
    await client?.end().catch(() => undefined)
  }

  #open(): Promise<void> {
    this.#connecting = this.#connect()
    return this.#connecting
  }

  async #connect(): Promise<void> {
    const { url, part, opened } = this.settings
    let client: pg.Client | undefined
    try {
      const made = new pg.Client({
        connectionString: url,
        application_name: `hub ${part}`,
        connectionTimeoutMillis: ANSWER_MS,
        // A server that went away without a word is found out by the next ping.
        query_timeout: ANSWER_MS,
        keepAlive: true,
      })
      client = made
      const gone = (error?: Error) => this.#gone(made, error)
      client.on('error', gone).on('end', () => gone())
      await client.connect()
      await opened?.(client)
      this.#client = client
      this.#tries = 0
    } catch (error) {
      await client?.end().catch(() => undefined)
      this.#later(error)
    }
  }

  #gone(client: pg.Client, error?: Error): void {
    if (this.#client !== client) return
    this.#client = null
    client.end().catch(() => undefined)
    this.settings.lost?.()
    this.#later(error)
  }

  #later(error: unknown): void {
    if (this.#stopped) return
    const ms = reconnectDelay(this.#tries++)
    const reason = error === undefined ? 'closed by the server' : messageOf(error)
    this.settings.log.warn({ part: this.settings.part, reason, ms }, 'a connection was lost; it is opened again')
    this.#timer = setTimeout(() => void this.#open(), ms)
    this.#timer.unref()
  }
}
