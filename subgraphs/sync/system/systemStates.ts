import type { Change } from '../../../kernel/changes/index.js'
import type { Kernel } from '../../../kernel/context/index.js'
import { Severity } from '../alert/alert.entity.js'
import { closeAlert, raiseAlert } from '../alert/raiseAlert.js'
import type { ConnectedSystems } from './connectedSystem.js'
import { System, type SystemKind, SystemState } from './system.entity.js'

export interface NamedSystem {
  id: string
  name: string
  kind: 'CALL' | 'CRM' | 'ERP' | 'MARKETING'
  connector: string
}

/** Writes the configured systems into the table, so that the graph can show them. One that the configuration no longer names is paused. */
export async function registerSystems(kernel: Kernel, systems: readonly NamedSystem[]): Promise<void> {
  await kernel.transact(kernel.systemEm(), async change => {
    const known = await change.em.find(System, {})
    for (const { id, name, kind, connector } of systems) {
      const system = known.find(one => one.id === id)
      const facts = { name, kind: kind as SystemKind, connector }
      if (system) Object.assign(system, facts, system.state === SystemState.PAUSED ? { state: SystemState.UP } : {})
      else change.em.create(System, { id, ...facts, state: SystemState.UP, lastSeenAt: null, lastError: null })
    }
    for (const system of known) if (!systems.some(({ id }) => id === system.id)) system.state = SystemState.PAUSED
  })
}

interface Told {
  state: 'UP' | 'DOWN'
  reason: string | undefined
}

/**
 * Keeps in the table whether systems can be reached, and when they were last heard from; a system that goes down raises one alert. What
 * cannot be written now is written by the next flush.
 */
export class SystemStates {
  #seen = new Map<string, Date>()
  #told = new Map<string, Told>()
  #writing: Promise<void> = Promise.resolve()

  constructor(
    private readonly kernel: Kernel,
    private readonly systems: ConnectedSystems,
  ) {}

  /** Heard from just now; written with the next flush, since busy systems are heard from all the time. */
  seen(systemId: string): void {
    this.#seen.set(systemId, this.kernel.clock.now())
  }

  changed(systemId: string, state: 'UP' | 'DOWN', reason?: string): Promise<void> {
    this.#told.set(systemId, { state, reason })
    return this.flush()
  }

  /** One at a time: of two changes that come close together the later one must be written last. */
  flush(): Promise<void> {
    const written = this.#writing.then(() => this.#write())
    this.#writing = written.catch(() => undefined)
    return written
  }

  async #write(): Promise<void> {
    const [seen, told] = [this.#seen, this.#told]
    if (seen.size === 0 && told.size === 0) return
    this.#seen = new Map()
    this.#told = new Map()
    try {
      await this.kernel.transact(this.kernel.systemEm(), async change => {
        for (const [id, at] of seen) {
          const system = await change.em.findOne(System, { id })
          if (system) system.lastSeenAt = at
        }
        for (const [id, one] of told) await this.#writeState(change, id, one)
      })
    } catch (error) {
      this.#seen = new Map([...seen, ...this.#seen])
      this.#told = new Map([...told, ...this.#told])
      throw error
    }
  }

  async #writeState(change: Change, systemId: string, { state, reason }: Told): Promise<void> {
    const system = await change.em.findOne(System, { id: systemId })
    if (!system) return
    system.state = state === 'UP' ? SystemState.UP : SystemState.DOWN
    system.lastError = state === 'UP' ? null : (reason ?? 'It cannot be reached.')
    if (state === 'UP') {
      system.lastSeenAt = change.at
      await closeAlert(change, 'system.down', systemId)
      return
    }
    await raiseAlert(this.kernel, change, {
      severity: Severity.CRITICAL,
      kind: 'system.down',
      about: systemId,
      title: `${this.systems.get(systemId)?.settings.name ?? systemId} cannot be reached.`,
      effect: 'Its events do not arrive; what happens meanwhile is missing until it is back.',
      nextStep: reason ?? 'Check its address, its credentials and the network between.',
      systemId,
      owner: 'telecom',
    })
  }
}
