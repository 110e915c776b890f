import type { Kernel } from '../../../kernel/context/index.js'
import { Loop } from '../../../kernel/loop/index.js'
import type { CallFact } from '../../../kernel/ports/index.js'
import { endUnheard, type HeardCall, heardCalls } from '../../call/index.js'
import { unlessCut } from '../backfill/unlessCut.js'
import { holdInbox } from '../inbox/inboxStore.js'
import type { ApplyFacts } from '../inbox/inboxWorker.js'
import { storableKey } from '../inbox/storable.js'
import { believed, fateOf, type Named, QUIET_MS } from './fateOf.js'

const EVERY_MS = 60_000
/** A system has to answer within this. */
const ANSWER_MS = 30_000
/** More than any phone system has at a time, and calls that are ended in one transaction. */
const MOST_CALLS = 100_000
const BATCH = 200

/** A system whose calls are looked after. */
export interface Asked {
  id: string
  /** Its ids of the calls that go on at this moment; null where it cannot be asked. */
  callsNow(): Promise<ReadonlySet<string>> | null
}

/** Ends calls of one system that nobody tells the end of. Whatever is learnt of an end later counts more. */
export class Reaper {
  readonly #loop: Loop
  #missing = new Map<string, Date>()
  #stopping = new AbortController()

  constructor(
    private readonly kernel: Kernel,
    private readonly system: Asked,
    private readonly applyFacts: ApplyFacts,
  ) {
    this.#loop = new Loop({
      name: `reaper ${system.id}`,
      everyMs: EVERY_MS,
      log: kernel.log,
      runDue: () => this.runDue(),
    })
  }

  start(): void {
    this.#missing = new Map()
    this.#stopping = new AbortController()
    this.#loop.start()
  }

  async stop(): Promise<void> {
    this.#stopping.abort()
    await this.#loop.stop()
  }

  /** Looks at the calls that have not ended, and ends those that are lost. */
  async runDue(): Promise<void> {
    const calls = await heardCalls(this.kernel.systemEm(), this.system.id, MOST_CALLS)
    const now = this.kernel.clock.now()
    const isQuiet = ({ heardAt }: HeardCall) => now.getTime() - heardAt.getTime() >= QUIET_MS
    // Nobody is asked without need.
    const named = calls.some(isQuiet) ? await this.#named(calls) : 'UNSURE'
    const missing = new Map<string, Date>()
    const lost: string[] = []
    for (const call of calls) {
      const since = this.#missing.get(call.externalId)
      const fate = fateOf(call, named, since, now)
      if (fate === 'LOST') lost.push(call.externalId)
      if (fate === 'MISSING') missing.set(call.externalId, since ?? now)
    }
    this.#missing = missing
    for (let start = 0; start < lost.length; start += BATCH) await this.#end(lost.slice(start, start + BATCH), now)
  }

  async #named(calls: readonly HeardCall[]): Promise<Named> {
    const { id: system } = this.system
    const asked = this.system.callsNow()
    if (!asked) return 'UNKNOWN'
    try {
      const answer = await unlessCut(asked, this.#patience())
      const named = believed(new Set([...answer].map(storableKey)), calls, this.kernel.clock.now())
      if (named === 'UNSURE')
        this.kernel.log.warn({ system }, 'a system names none of the calls it just told of; it is not believed')
      return named
    } catch (error) {
      this.kernel.log.warn({ system, err: error }, 'a system could not be asked which calls go on')
      return 'UNSURE'
    }
  }

  #patience(): AbortSignal {
    return AbortSignal.any([this.#stopping.signal, AbortSignal.timeout(ANSWER_MS)])
  }

  /** Those that are still as quiet as they were: what came in meanwhile is applied before, or after, and never in between. */
  async #end(lost: readonly string[], seen: Date): Promise<void> {
    const { id } = this.system
    await this.kernel.transact(this.kernel.systemEm(id), async change => {
      await holdInbox(change.em, id)
      const now = await heardCalls(change.em, id, BATCH, lost)
      const quiet = now.filter(({ heardAt }) => heardAt < seen)
      const ids = (unheard: boolean) => quiet.filter(call => call.unheard === unheard).map(call => call.externalId)
      await endUnheard(this.kernel, change, id, ids(true))
      await this.applyFacts(
        change,
        id,
        ids(false).map(call => lostAt(call, change.at)),
      )
    })
  }
}

const lostAt = (callId: string, at: Date): CallFact => ({
  key: `hub:lost:${callId}`,
  callId,
  at: at.toISOString(),
  kind: 'ENDED',
  outcome: 'LOST',
})
