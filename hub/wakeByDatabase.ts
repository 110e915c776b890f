import type pg from 'pg'
import { messageOf } from '../kernel/errors.js'
import type { Log } from '../kernel/log/index.js'
import { KeptConnection } from './keptConnection.js'
import type { Wakes } from './wakes.js'

export interface WakeSettings {
  url: string
  log: Log
  /** Told which topics have news that another process made. */
  heard(topics: readonly string[]): void
}

const CHANNEL = 'hub_wake'

/** Wake-ups through the database (NOTIFY). */
export class WakeByDatabase implements Wakes {
  readonly #connection: KeptConnection
  #waiting = new Set<string>()
  #sending = Promise.resolve()
  #isSending = false

  constructor(private readonly settings: WakeSettings) {
    const { url, log } = settings
    this.#connection = new KeptConnection({ url, part: 'wake-ups', log, opened: client => this.#listen(client) })
  }

  async start(): Promise<void> {
    await this.#connection.start()
    this.#send()
  }

  /** Topics that are named while a notification is under way share the next one. */
  publish(topics: readonly string[]): void {
    for (const topic of topics) this.#waiting.add(topic)
    this.#send()
  }

  async stop(): Promise<void> {
    await this.#sending
    await this.#connection.stop()
  }

  async #listen(client: pg.Client): Promise<void> {
    const { rows } = await client.query<{ own: number }>('select pg_backend_pid() as own')
    client.on('notification', ({ processId, payload }) => {
      // This process's own come back as well: it was woken already.
      if (payload && processId !== rows[0]!.own) this.settings.heard([payload])
    })
    await client.query(`listen ${CHANNEL}`)
  }

  #send(): void {
    if (this.#isSending) return
    this.#isSending = true
    this.#sending = this.#notify()
  }

  async #notify(): Promise<void> {
    // So that everything this turn of the loop publishes goes together.
    await Promise.resolve()
    for (let client = this.#connection.client; client && this.#waiting.size > 0; client = this.#connection.client) {
      const topics = [...this.#waiting]
      this.#waiting.clear()
      try {
        await client.query('select pg_notify($1, topic) from unnest($2::text[]) as topic', [CHANNEL, topics])
      } catch (error) {
        for (const topic of topics) this.#waiting.add(topic)
        this.settings.log.warn({ part: 'wake-ups', reason: messageOf(error) }, 'other processes could not be woken')
        break
      }
    }
    // At once after the last look: nothing may be published in between.
    this.#isSending = false
  }
}
