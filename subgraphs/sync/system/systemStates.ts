import type { Change } from '../../../kernel/changes/index.js'
import type { Kernel } from '../../../kernel/context/index.js'
import { Severity } from '../alert/alert.entity.js'
import { closeAlert, raiseAlert } from '../alert/raiseAlert.js'
import { DOWN_ALERT, GAP_ALERT } from '../alert/systemAlerts.js'
import { endGap, isFailing, noteGap } from '../gap/gaps.js'
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
      else {
        const none = { lastSeenAt: null, lastError: null, completeUntil: null, hooksUntil: null }
        change.em.create(System, { id, ...facts, state: SystemState.UP, ...none })
      }
    }
    for (const system of known) {
      if (systems.some(({ id }) => id === system.id) || system.state === SystemState.PAUSED) continue
      system.state = SystemState.PAUSED
      // Nobody looks after it any more, who could say that it is over.
      for (const kind of [DOWN_ALERT, GAP_ALERT]) await closeAlert(change, kind, system.id)
    }
  })
}

interface Told {
  state: 'UP' | 'DOWN'
  reason: string | undefined
  /** When it came to be so. */
  at: Date
  /** Since when events are missing, where they are. */
  from: Date | null
}

/**
 * Keeps in the table whether systems can be reached, when they were last heard from, and when their events did not arrive; a system that goes
 * down raises one alert. What cannot be written now is written by the next flush.
 */
export class SystemStates {
  #seen = new Map<string, Date>()
  #complete = new Map<string, Date>()
  #told = new Map<string, Told>()
  /** The latest word on what is complete, written or not. */
  readonly #until = new Map<string, Date>()
  #writing: Promise<void> = Promise.resolve()

  constructor(
    private readonly kernel: Kernel,
    private readonly systems: ConnectedSystems,
  ) {}

  /** Heard from just now; written with the next flush, since busy systems are heard from all the time. */
  seen(systemId: string): void {
    this.#seen.set(systemId, this.kernel.clock.now())
  }

  /** Everything it said until then over a connection of the hub's own is stored. */
  complete(systemId: string, until: Date): Promise<void> {
    this.#until.set(systemId, until)
    this.#complete.set(systemId, until)
    this.seen(systemId)
    return this.flush()
  }

  changed(systemId: string, state: 'UP' | 'DOWN', reason?: string): Promise<void> {
    const from = state === 'DOWN' ? (this.#until.get(systemId) ?? null) : null
    this.#tell(systemId, { state, reason, at: this.kernel.clock.now(), from })
    return this.flush()
  }

  /** One at a time: of two changes that come close together the later one must be written last. */
  flush(): Promise<void> {
    const written = this.#writing.then(() => this.#write())
    this.#writing = written.catch(() => undefined)
    return written
  }

  /** An outage that nobody has written down yet stays one, whatever is told after it. */
  #tell(systemId: string, told: Told): void {
    const before = this.#told.get(systemId)
    this.#told.set(systemId, { ...told, from: before?.from ?? told.from })
  }

  async #write(): Promise<void> {
    const [seen, complete, told] = [this.#seen, this.#complete, this.#told]
    if (seen.size === 0 && told.size === 0) return
    this.#seen = new Map()
    this.#complete = new Map()
    this.#told = new Map()
    try {
      await this.kernel.transact(this.kernel.systemEm(), async change => {
        for (const [id, one] of told) await this.#writeState(change, id, one)
        for (const [id, at] of seen) {
          const system = await change.em.findOne(System, { id })
          if (system) system.lastSeenAt = at
        }
        for (const [id, until] of complete) {
          const system = await change.em.findOne(System, { id })
          if (system) system.completeUntil = later(passed(system.completeUntil, change.at), until)
        }
      })
    } catch (error) {
      this.#seen = new Map([...seen, ...this.#seen])
      this.#complete = new Map([...complete, ...this.#complete])
      const since = this.#told
      this.#told = told
      for (const [id, one] of since) this.#tell(id, one)
      throw error
    }
  }

  async #writeState(change: Change, systemId: string, { state, reason, at, from }: Told): Promise<void> {
    const system = await change.em.findOne(System, { id: systemId })
    if (!system) return
    // Either may be behind: the table where nothing was written for a while, this process where another one has listened meanwhile.
    const missing = later(passed(system.completeUntil, change.at), passed(from, change.at))
    if (state === 'UP') {
      await endGap(this.kernel, change, systemId, { from: missing, to: at })
      system.state = (await isFailing(change.em, systemId)) ? SystemState.DEGRADED : SystemState.UP
      system.lastError = null
      system.lastSeenAt = at
      system.completeUntil = later(passed(system.completeUntil, change.at), at)
      await closeAlert(change, DOWN_ALERT, systemId)
      return
    }
    system.state = SystemState.DOWN
    system.lastError = reason ?? 'It cannot be reached.'
    await noteGap(this.kernel, change, systemId, { from: missing ?? at, to: null })
    await raiseAlert(this.kernel, change, {
      severity: Severity.CRITICAL,
      kind: DOWN_ALERT,
      about: systemId,
      title: `${this.systems.get(systemId)?.settings.name ?? systemId} cannot be reached.`,
      effect: 'Its events do not arrive; what happens meanwhile is missing until it is back.',
      nextStep: reason ?? 'Check its address, its credentials and the network between.',
      systemId,
      owner: 'telecom',
    })
  }
}

/** A moment that is still to come was noted before the clock was set back: a gap that began there would begin too late. */
const passed = (moment: Date | null, now: Date): Date | null => (moment !== null && moment <= now ? moment : null)

function later(a: Date | null, b: Date | null): Date | null {
  if (!a || !b) return a ?? b
  return a > b ? a : b
}
