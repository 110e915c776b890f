import type { Kernel } from '../../../kernel/context/index.js'
import type { Listener } from '../../../kernel/ports/index.js'
import type { Inbox } from '../inbox/inbox.js'
import type { ConnectedSystems } from './connectedSystem.js'
import type { SystemStates } from './systemStates.js'

/** Keeps connected to the systems whose events come over a connection of the hub's own. */
export class Listeners {
  #running: Listener[] = []

  constructor(
    private readonly kernel: Kernel,
    private readonly systems: ConnectedSystems,
    private readonly inbox: Inbox,
    private readonly states: SystemStates,
    private readonly openCalls: (systemId: string) => Promise<string[]>,
  ) {}

  start(): void {
    for (const { connector, settings } of this.systems.values()) {
      const listener = connector.listen?.(settings, {
        store: async deliveries => {
          await this.inbox.store(settings.id, deliveries, this.kernel.clock.now())
          this.states.seen(settings.id)
        },
        complete: until => this.#written(settings.id, this.states.complete(settings.id, until)),
        openCalls: () => this.openCalls(settings.id),
        state: (state, reason) => {
          if (state === 'UP') this.kernel.log.info({ system: settings.id }, 'A system is connected')
          else this.kernel.log.warn({ system: settings.id, reason }, 'A system cannot be reached')
          this.#written(settings.id, this.states.changed(settings.id, state, reason))
        },
      })
      if (listener) this.#running.push(listener)
    }
  }

  async stop(): Promise<void> {
    await Promise.all(this.#running.splice(0).map(listener => listener.stop()))
  }

  /** What cannot be written now is written later. */
  #written(system: string, writing: Promise<void>): void {
    writing.catch(error => {
      this.kernel.log.error({ system, err: error }, 'the state of a system could not be written')
    })
  }
}
