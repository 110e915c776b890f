import type { Kernel } from '../../../kernel/context/index.js'
import type { BackfillSink, BackfillSource, HookDelivery, Span } from '../../../kernel/ports/index.js'
import type { Inbox } from '../inbox/inbox.js'
import { waitingBySystem } from '../inbox/inboxStore.js'
import { RunState } from '../run/run.entity.js'
import type { Run, RunProgress } from '../run/runs.js'
import { reasonOf } from './reasonOf.js'
import { unlessCut } from './unlessCut.js'

/** So many messages may wait to be applied before records wait for them: what happens now stands in the same line. */
const ROOM = 500
/** Records handed over at once. */
const BATCH = 200
/** How soon it is looked whether there is room again, and how often a run says that it goes on; milliseconds. */
const ROOM_MS = 100
const ALIVE_MS = 60_000
/** How often progress is written down. */
const TELL_MS = 1000

export interface Reading {
  kernel: Kernel
  inbox: Inbox
  systemId: string
  source: BackfillSource
  span: Span
  run: Run
  /** Cuts it short. */
  signal: AbortSignal
  /** Told of every step. */
  came?(progress: Required<Omit<RunProgress, 'mark'>>): void
}

/** How a reading ended. */
export interface Read {
  state: Exclude<RunState, RunState.RUNNING>
  records: number
  /** How many were new. */
  changed: number
  unreadable: number
  /** Why it failed; holds no personal value. */
  reason: string | null
}

/** Reads a system's own records of a time into its inbox, which knows repeats by their keys, and ends the run. Never rejects for the source's sake. */
export async function readRecords(reading: Reading): Promise<Read> {
  const { kernel, systemId, source, span, run, signal } = reading
  const sink = new InboxSink(reading)
  const alive = setInterval(() => void run.came({}).catch(() => undefined), ALIVE_MS).unref()
  const read: Read = { state: RunState.DONE, records: 0, changed: 0, unreadable: 0, reason: null }
  try {
    const { records, unreadable } = await unlessCut(source.read(span, sink, signal), signal)
    Object.assign(read, { records, unreadable })
  } catch (error) {
    read.records = sink.offered
    read.state = signal.aborted ? RunState.CUT_SHORT : RunState.FAILED
    if (!signal.aborted) {
      read.reason = `${capital(source.about)} could not be read. ${reasonOf(error)}`
      kernel.log.warn({ system: systemId, err: error }, 'records of past calls could not be read')
    }
  } finally {
    clearInterval(alive)
    await sink.told()
  }
  read.changed = sink.stored
  await run.came({ records: read.records, changed: read.changed, rejected: read.unreadable })
  await run.end(read.state, read.reason)
  return read
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

class InboxSink implements BackfillSink {
  offered = 0
  stored = 0
  #share: number | null = null
  #toldAt = 0
  #telling: Promise<unknown> = Promise.resolve()

  constructor(private readonly reading: Reading) {}

  async store(deliveries: HookDelivery[]): Promise<void> {
    const { kernel, inbox, systemId, signal } = this.reading
    for (let start = 0; start < deliveries.length; start += BATCH) {
      await this.#room()
      signal.throwIfAborted()
      const batch = deliveries.slice(start, start + BATCH)
      const { stored } = await inbox.store(systemId, batch, kernel.clock.now())
      this.offered += batch.length
      this.stored += stored
      this.#tell()
    }
  }

  progress(share: number): void {
    this.#share = Math.min(1, Math.max(0, share))
    this.#tell()
  }

  /** What was told is written, so that the end of the run can be. */
  async told(): Promise<void> {
    await this.#telling
  }

  async #room(): Promise<void> {
    const { kernel, systemId, signal } = this.reading
    while ((await waitingBySystem(kernel.systemEm(), [systemId]))[0]! > ROOM) {
      signal.throwIfAborted()
      await new Promise(resolve => setTimeout(resolve, ROOM_MS))
    }
  }

  #tell(): void {
    const { kernel, run, came } = this.reading
    const progress = { progress: this.#share, records: this.offered, changed: this.stored, rejected: 0 }
    came?.(progress)
    const now = kernel.clock.now().getTime()
    if (now - this.#toldAt < TELL_MS) return
    this.#toldAt = now
    // How far it is may be wrong for a moment.
    this.#telling = this.#telling.then(() => run.came(progress)).catch(() => undefined)
  }
}
