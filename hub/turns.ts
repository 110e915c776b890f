import { messageOf } from '../kernel/errors.js'
import type { Log } from '../kernel/log/index.js'
import { Loop } from '../kernel/loop/index.js'
import { KeptConnection } from './keptConnection.js'

/** Something that one process does at a time, of all that could. */
export interface Turn {
  /** The same in every process. */
  key: string
  begin(): void
  end(): Promise<void>
}

export interface TurnsSettings {
  url: string
  log: Log
  turns: readonly Turn[]
  /** How often others are asked whether they have let go; milliseconds. */
  everyMs?: number
}

/**
 * Holds an advisory lock of the database for each turn that this process has, on a connection of its own: when the process dies, so does
 * the connection, and another process takes over. Should the network part a holder from the database, two may overlap for seconds; what
 * they do must bear that.
 */
export class Turns {
  readonly #connection: KeptConnection
  readonly #loop: Loop
  readonly #held = new Set<Turn>()
  #ending: Promise<unknown> = Promise.resolve()

  constructor(private readonly settings: TurnsSettings) {
    const { url, log, everyMs = 1000 } = settings
    this.#connection = new KeptConnection({
      url,
      part: 'turns',
      log,
      lost: () => {
        this.#ending = this.#endAll()
      },
    })
    this.#loop = new Loop({ name: 'turns', everyMs, log, runDue: () => this.#ask() })
  }

  async start(): Promise<void> {
    await this.#connection.start()
    this.#loop.start()
  }

  /** Ends what this process does first, and only then lets others begin. */
  async stop(): Promise<void> {
    await this.#loop.stop()
    await this.#ending
    await this.#endAll()
    await this.#connection.stop()
  }

  async #ask(): Promise<void> {
    await this.#ending
    for (const turn of this.settings.turns) {
      const client = this.#connection.client
      if (!client) return
      if (this.#held.has(turn)) continue
      const { rows } = await client.query<{ mine: boolean }>(
        'select pg_try_advisory_lock(hashtextextended($1, 0)) as mine',
        [`turn:${turn.key}`],
      )
      // Lost while the answer was on its way: so is the lock.
      if (!rows[0]!.mine || this.#connection.client !== client) continue
      this.#held.add(turn)
      turn.begin()
    }
  }

  async #endAll(): Promise<void> {
    const held = [...this.#held]
    this.#held.clear()
    for (const turn of held) {
      await turn.end().catch(error => {
        this.settings.log.error({ turn: turn.key, err: messageOf(error) }, 'a turn did not end cleanly')
      })
    }
  }
}
