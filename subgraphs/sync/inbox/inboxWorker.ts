import type { EntityManager } from '@mikro-orm/postgresql'
import type { Change } from '../../../kernel/changes/index.js'
import type { Kernel } from '../../../kernel/context/index.js'
import { messageOf } from '../../../kernel/errors.js'
import { Loop } from '../../../kernel/loop/index.js'
import type { CallFact } from '../../../kernel/ports/index.js'
import type { ConnectedSystem, ConnectedSystems } from '../system/connectedSystem.js'
import { claimMessages, type InboxRow, markApplied, markTried } from './inboxStore.js'

/** What the hub does with facts about calls: the call subgraph folds them into calls. */
export type ApplyFacts = (change: Change, systemId: string, facts: CallFact[]) => Promise<void>

/** Messages applied in one transaction. */
const BATCH = 200
/** A message that fails this often is set aside; the ones behind it go on. */
const TRIES = 5

/** Works through what systems sent, system by system and in the order in which it came. */
export class InboxWorker {
  readonly #loop: Loop

  constructor(
    private readonly kernel: Kernel,
    private readonly systems: ConnectedSystems,
    private readonly applyFacts: ApplyFacts,
  ) {
    this.#loop = new Loop({ name: 'inbox', everyMs: 1000, log: kernel.log, runDue: () => this.#runDue() })
  }

  start(): void {
    this.#loop.start()
  }

  stop(): Promise<void> {
    return this.#loop.stop()
  }

  /** There is something new in the inbox. */
  wake(): void {
    this.#loop.wake()
  }

  /** Applies everything that waits. */
  runDue(): Promise<void> {
    return this.#loop.runDue()
  }

  async #runDue(): Promise<boolean> {
    const runs = await Promise.all([...this.systems.values()].map(system => this.#work(system)))
    return runs.some(more => more)
  }

  /** One batch of one system; when it fails, its messages are tried one by one, so that one bad message stops no other. */
  async #work(system: ConnectedSystem): Promise<boolean> {
    try {
      return await this.#batch(system, BATCH)
    } catch (error) {
      this.kernel.log.warn(
        { system: system.settings.id, err: messageOf(error) },
        'a batch could not be applied; trying its messages singly',
      )
      return this.#single(system)
    }
  }

  #batch(system: ConnectedSystem, limit: number): Promise<boolean> {
    const { id } = system.settings
    return this.kernel.transact(this.kernel.systemEm(id), async change => {
      const rows = await claimMessages(change.em, id, limit)
      if (!rows || rows.length === 0) return false
      const read = await this.#read(system, rows)
      for (const { row, error } of read) if (error !== undefined) await markTried(change.em, row.id, error, true)
      const good = read.filter(({ facts }) => facts !== undefined)
      await this.applyFacts(
        change,
        id,
        good.flatMap(({ facts }) => facts!),
      )
      await markApplied(
        change.em,
        good.map(({ row }) => row.id),
        change.at,
      )
      return rows.length === limit
    })
  }

  async #single(system: ConnectedSystem): Promise<boolean> {
    const { id } = system.settings
    let first: InboxRow | undefined
    try {
      return await this.kernel.transact(this.kernel.systemEm(id), async change => {
        const rows = await claimMessages(change.em, id, 1)
        first = rows?.[0]
        if (!first) return false
        const [{ facts, error }] = (await this.#read(system, [first])) as [Read]
        if (facts) await this.applyFacts(change, id, facts)
        else await markTried(change.em, first.id, error!, true)
        if (facts) await markApplied(change.em, [first.id], change.at)
        return true
      })
    } catch (error) {
      if (!first) throw error
      const { id: messageId, tries } = first
      await this.#setTried(this.kernel.systemEm(id), messageId, messageOf(error), tries + 1 >= TRIES)
      return tries + 1 >= TRIES
    }
  }

  async #setTried(em: EntityManager, id: string, error: string, failed: boolean): Promise<void> {
    this.kernel.log.error({ message: id, failed, err: error }, 'a message could not be applied')
    await markTried(em, id, 'It could not be applied; see the log.', failed)
  }

  async #read(system: ConnectedSystem, rows: readonly InboxRow[]): Promise<Read[]> {
    const payloads = await this.kernel.dataKeys.decryptMany(rows.map(({ payload }) => payload))
    return rows.map((row, i) => understand(system, row, payloads[i] ?? null))
  }
}

interface Read {
  row: InboxRow
  facts?: CallFact[]
  error?: string
}

function understand({ connector, settings }: ConnectedSystem, row: InboxRow, payload: string | null): Read {
  if (payload === null) return { row, error: 'Its key is gone.' }
  try {
    return { row, facts: connector.normalise(settings, Buffer.from(payload)) }
  } catch (error) {
    return { row, error: messageOf(error) }
  }
}
