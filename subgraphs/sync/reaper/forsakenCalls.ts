import type { Kernel } from '../../../kernel/context/index.js'
import { Loop } from '../../../kernel/loop/index.js'
import { systemsWithCalls } from '../../call/index.js'
import type { ApplyFacts } from '../inbox/inboxWorker.js'
import type { ConnectedSystems } from '../system/connectedSystem.js'
import { Reaper } from './reaper.js'

const EVERY_MS = 10 * 60_000

/** Ends calls of systems that the configuration does not name any more: nobody listens to those, and whoever was in such a call would be so for ever. */
export class ForsakenCalls {
  readonly #loop: Loop

  constructor(
    private readonly kernel: Kernel,
    private readonly systems: ConnectedSystems,
    private readonly applyFacts: ApplyFacts,
  ) {
    this.#loop = new Loop({
      name: 'forsaken calls',
      everyMs: EVERY_MS,
      log: kernel.log,
      runDue: () => this.runDue(),
    })
  }

  start(): void {
    this.#loop.start()
  }

  stop(): Promise<void> {
    return this.#loop.stop()
  }

  async runDue(): Promise<void> {
    for (const id of await systemsWithCalls(this.kernel.systemEm()))
      if (!this.systems.has(id)) await new Reaper(this.kernel, { id, callsNow: () => null }, this.applyFacts).runDue()
  }
}
