import type { Kernel } from '../../../kernel/context/index.js'
import { Loop } from '../../../kernel/loop/index.js'
import type { ConnectedSystems } from '../system/connectedSystem.js'
import { System } from '../system/system.entity.js'
import { noteGap } from './gaps.js'

const EVERY_MS = 15_000
/** A system that finds nobody for less than this tries once more by itself, or sends it late. */
const AWAY_MS = 60_000

/**
 * Notes when systems could not send their webhooks because no gateway ran, or its database was away: what they wanted to send then has to be
 * fetched. Only of systems that have it on record; the others are told to send again.
 */
export class HookWatch {
  readonly #loop: Loop
  readonly #systems: readonly string[]

  constructor(
    private readonly kernel: Kernel,
    systems: ConnectedSystems,
  ) {
    this.#systems = [...systems.values()]
      .filter(({ connector, settings }) => connector.receive && connector.backfill?.(settings))
      .map(({ settings }) => settings.id)
    this.#loop = new Loop({ name: 'webhooks', everyMs: EVERY_MS, log: kernel.log, runDue: () => this.runDue() })
  }

  start(): void {
    this.#loop.start()
  }

  stop(): Promise<void> {
    return this.#loop.stop()
  }

  /** Webhooks can be received at this moment. */
  async runDue(): Promise<void> {
    if (this.#systems.length === 0) return
    await this.kernel.transact(this.kernel.systemEm(), async change => {
      for (const system of await change.em.find(System, { id: { $in: [...this.#systems] } })) {
        const { id, hooksUntil: from } = system
        if (from && change.at.getTime() - from.getTime() > AWAY_MS)
          await noteGap(this.kernel, change, id, { from, to: change.at })
        system.hooksUntil = change.at
      }
    })
  }
}
