import type { Change } from '../../../kernel/changes/index.js'
import type { Kernel } from '../../../kernel/context/index.js'
import { Loop } from '../../../kernel/loop/index.js'
import type { CallFact, PresenceFact } from '../../../kernel/ports/index.js'
import type { ConnectedSystem, ConnectedSystems } from '../system/connectedSystem.js'
import { type InboxRow, markTried, setAside, takeMessages } from './inboxStore.js'
import { storableFact, storablePresence } from './storable.js'

/** What the hub does with facts about calls: the call subgraph folds them into calls. */
export type ApplyFacts = (change: Change, systemId: string, facts: CallFact[]) => Promise<void>

/** And with what is said of people at their phones. */
export type ApplyPresence = (change: Change, systemId: string, facts: PresenceFact[]) => Promise<void>

/** Messages applied in one transaction. */
const BATCH = 200
/** A message that fails this often is set aside; the ones behind it go on. */
const TRIES = 5

/** Works through what systems sent: each system by itself, and in the order in which it came. */
export class InboxWorker {
  readonly #loops: ReadonlyMap<string, Loop>

  constructor(
    private readonly kernel: Kernel,
    systems: ConnectedSystems,
    private readonly applyFacts: ApplyFacts,
    private readonly applyPresence: ApplyPresence,
  ) {
    this.#loops = new Map(
      [...systems].map(([id, system]) => [
        id,
        new Loop({ name: `inbox ${id}`, everyMs: 1000, log: kernel.log, runDue: () => this.#work(system) }),
      ]),
    )
  }

  start(): void {
    for (const loop of this.#loops.values()) loop.start()
  }

  async stop(): Promise<void> {
    await Promise.all([...this.#loops.values()].map(loop => loop.stop()))
  }

  /** There is something new of these systems in the inbox. */
  wake(systemIds: Iterable<string>): void {
    for (const id of systemIds) this.#loops.get(id)?.wake()
  }

  /** Applies everything that waits. */
  async runDue(): Promise<void> {
    await Promise.all([...this.#loops.values()].map(loop => loop.runDue()))
  }

  /** One batch of one system. When it fails it is divided until the message at fault stands alone: one bad message stops no other. */
  async #work(system: ConnectedSystem): Promise<boolean> {
    const claimed: string[] = []
    try {
      return (await this.#apply(system, claimed)) === BATCH
    } catch (error) {
      if (claimed.length === 0) throw error
      this.kernel.log.warn({ system: system.settings.id, err: error }, 'a batch could not be applied; dividing it')
      return (await this.#divided(system, claimed)) > 0
    }
  }

  async #divided(system: ConnectedSystem, ids: readonly string[]): Promise<number> {
    const middle = Math.ceil(ids.length / 2)
    let applied = 0
    for (const part of [ids.slice(0, middle), ids.slice(middle)]) {
      if (part.length === 0) continue
      try {
        applied += await this.#apply(system, [], part)
      } catch (error) {
        if (part.length === 1) await this.#failed(system, part[0]!, error)
        else applied += await this.#divided(system, part)
      }
    }
    return applied
  }

  /** Applies the oldest messages, or of `only` those that still wait, in one transaction. Returns how many; `claimed` gets their ids. */
  #apply(system: ConnectedSystem, claimed: string[], only?: readonly string[]): Promise<number> {
    const { id } = system.settings
    return this.kernel.transact(this.kernel.systemEm(id), async change => {
      const rows = await takeMessages(change.em, id, change.at, BATCH, only)
      if (!rows || rows.length === 0) return 0
      claimed.push(...rows.map(row => row.id))
      const read = await this.#read(system, rows)
      for (const { row, facts } of read) if (!facts) await setAside(change.em, row.id, 'It could not be understood.')
      await this.applyFacts(
        change,
        id,
        read.flatMap(({ facts }) => facts ?? []),
      )
      await this.applyPresence(
        change,
        id,
        read.flatMap(({ presence }) => presence),
      )
      return rows.length
    })
  }

  async #failed(system: ConnectedSystem, message: string, error: unknown): Promise<void> {
    const { id } = system.settings
    const failed = await markTried(this.kernel.systemEm(id), message, 'It could not be applied; see the log.', TRIES)
    this.kernel.log.error({ system: id, message, failed, err: error }, 'a message could not be applied')
  }

  async #read(system: ConnectedSystem, rows: readonly InboxRow[]): Promise<Read[]> {
    const payloads = await this.kernel.dataKeys.decryptMany(rows.map(({ payload }) => payload))
    return rows.map((row, i) => {
      const payload = payloads[i] ?? null
      const presence = payload === null ? [] : this.#presence(system, row, payload)
      // What tells of people only is understood, whatever is made of it as word of a call.
      return { row, presence, facts: this.#understood(system, row, payload) ?? (presence.length > 0 ? [] : undefined) }
    })
  }

  /** undefined: its key is gone, or its connector makes nothing of it. What the connector says of it may quote it, and is not logged. */
  #understood({ connector, settings }: ConnectedSystem, row: InboxRow, payload: string | null): CallFact[] | undefined {
    try {
      if (payload !== null) return connector.normalise(settings, Buffer.from(payload)).map(storableFact)
    } catch {
      this.kernel.log.error({ system: settings.id, message: row.id }, 'a message could not be understood')
    }
    return undefined
  }

  #presence({ connector, settings }: ConnectedSystem, row: InboxRow, payload: string): PresenceFact[] {
    try {
      return connector.presence?.(settings, Buffer.from(payload)).map(storablePresence) ?? []
    } catch {
      this.kernel.log.error(
        { system: settings.id, message: row.id },
        'what a message says of phones could not be understood',
      )
      return []
    }
  }
}

interface Read {
  row: InboxRow
  facts: CallFact[] | undefined
  presence: PresenceFact[]
}
