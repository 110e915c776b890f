import type { Change } from '../../../kernel/changes/index.js'
import type { Kernel } from '../../../kernel/context/index.js'
import { Loop } from '../../../kernel/loop/index.js'
import type { BackfillSource, Span } from '../../../kernel/ports/index.js'
import { goesOnSince } from '../../call/index.js'
import { Gap } from '../gap/gap.entity.js'
import { closeGap, MOST_TRIES, waitingGaps } from '../gap/gaps.js'
import type { Inbox } from '../inbox/inbox.js'
import { RunState } from '../run/run.entity.js'
import { Run } from '../run/runs.js'
import type { ConnectedSystem } from '../system/connectedSystem.js'
import { nextAsked } from './askedRuns.js'
import { closeCovered } from './closeCovered.js'
import { alertFailing, alertNoSource, settleAlert } from './gapAlert.js'
import { nextStep } from './nextStep.js'
import { type Read, readRecords } from './readRecords.js'
import { retryAt } from './retryAt.js'
import { spanOf } from './spanOf.js'
import { startBackfill } from './startBackfill.js'

const EVERY_MS = 2000

/** A gap that is over. */
type EndedGap = Gap & { toAt: Date }

/** Fills one system's gaps from its own records, and reads what people ask for. One process does it at a time: whoever has the system's turn. */
export class Backfiller {
  readonly #loop: Loop
  #stopping = new AbortController()
  #working: Promise<void> | undefined
  /** Gaps of which people were told. */
  readonly #hopeless = new Set<string>()

  constructor(
    private readonly kernel: Kernel,
    private readonly system: ConnectedSystem,
    private readonly inbox: Inbox,
  ) {
    const { id } = system.settings
    this.#loop = new Loop({ name: `back-fill ${id}`, everyMs: EVERY_MS, log: kernel.log, runDue: () => this.runDue() })
  }

  start(): void {
    this.#stopping = new AbortController()
    this.#loop.start()
  }

  /** What is under way is cut short, and taken up by whoever comes next. */
  async stop(): Promise<void> {
    this.#stopping.abort()
    await this.#loop.stop()
  }

  /** Reads what is due, and resolves once that is over. */
  runDue(): Promise<void> {
    this.#working ??= this.#work().finally(() => {
      this.#working = undefined
    })
    return this.#working
  }

  get #id(): string {
    return this.system.settings.id
  }

  async #work(): Promise<void> {
    const source = this.system.connector.backfill?.(this.system.settings) ?? null
    await this.#fillGaps(source)
    while (!this.#stopping.signal.aborted && (await this.#readAsked(source)));
  }

  async #fillGaps(source: BackfillSource | null): Promise<void> {
    const now = this.kernel.clock.now()
    for (const gap of await waitingGaps(this.kernel.systemEm(this.#id), this.#id)) {
      if (this.#stopping.signal.aborted) return
      if (gap.toAt === null) continue
      if (!source) await this.#giveUp(gap)
      else if (gap.nextAt === null || gap.nextAt <= now) await this.#fill(gap as EndedGap, source)
    }
  }

  async #giveUp(gap: Gap): Promise<void> {
    if (this.#hopeless.has(gap.id)) return
    await this.kernel.transact(this.kernel.systemEm(this.#id), change =>
      alertNoSource(this.kernel, change, this.system),
    )
    this.#hopeless.add(gap.id)
  }

  async #fill(gap: EndedGap, source: BackfillSource): Promise<void> {
    const step = nextStep(gap, this.kernel.clock.now(), await goesOnSince(this.kernel, this.#id, gap.toAt))
    if (typeof step !== 'string') {
      return this.#change(gap, async (_change, same) => {
        same.nextAt = step.at
      })
    }
    const span = await spanOf(this.kernel, this.#id, gap)
    const run = await startBackfill(this.kernel, this.#id, span)
    const read = await this.#read(source, span, run)
    if (read.state === RunState.FAILED) await this.#failed(gap, read.reason!)
    else if (read.state === RunState.DONE) await this.#filled(gap, step === 'READ_LAST')
  }

  #filled(gap: EndedGap, isLast: boolean): Promise<void> {
    return this.#change(gap, async (change, same) => {
      Object.assign(same, { readAt: same.readAt ?? change.at, tries: 0, nextAt: null })
      if (isLast) closeGap(change, same)
      await settleAlert(change, this.#id)
    })
  }

  #failed(gap: EndedGap, reason: string): Promise<void> {
    return this.#change(gap, async (change, same) => {
      same.tries++
      same.nextAt = retryAt(same.tries, change.at, Math.random())
      if (same.tries >= MOST_TRIES) await alertFailing(this.kernel, change, this.system, reason)
    })
  }

  /** Unless the connection was lost again meanwhile and the gap grew: then it has to be read anew. */
  async #change(gap: EndedGap, work: (change: Change, same: Gap) => Promise<void>): Promise<void> {
    await this.kernel.transact(this.kernel.systemEm(this.#id), async change => {
      await this.kernel.lock(change.em, `gap:${this.#id}`)
      const same = await change.em.findOne(Gap, { id: gap.id, closedAt: null, toAt: gap.toAt, fromAt: gap.fromAt })
      if (same) await work(change, same)
    })
  }

  async #readAsked(source: BackfillSource | null): Promise<boolean> {
    const next = await nextAsked(this.kernel, this.#id)
    if (!next) return false
    const run = await Run.resume(this.kernel, next.asked)
    if (!source) {
      await run.end(RunState.FAILED, 'This system has no records that the hub could read; see docs/gaps.md.')
      return true
    }
    const began = this.kernel.clock.now()
    const read = await this.#read(source, next.span, run)
    if (read.state === RunState.DONE) await closeCovered(this.kernel, this.#id, next.span, began)
    return read.state !== RunState.CUT_SHORT
  }

  #read(source: BackfillSource, span: Span, run: Run): Promise<Read> {
    const { signal } = this.#stopping
    return readRecords({ kernel: this.kernel, inbox: this.inbox, systemId: this.#id, source, span, run, signal })
  }
}
