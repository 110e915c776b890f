import type { Backfilled, BackfillSink, BackfillSource, HookDelivery, Span } from '../../../kernel/ports/index.js'
import { cannotRead } from '../../common/cannotRead.js'
import { Zone } from '../../common/localTime.js'
import { realSurroundings, type Surroundings } from '../../common/surroundings.js'
import { eventKey } from '../eventKey.js'
import { normalise } from '../normalise.js'
import type { AsteriskSettings } from '../settings.js'
import { cdrLayout, celLayout, type Layout } from './columns.js'
import { fileSource } from './fileSource.js'
import { Linked } from './linked.js'
import { cdrRecords, celRecords, queueLogRecords, type RecordKind } from './records.js'
import type { RowSource } from './row.js'
import type { BackfillSettings, SourceSettings } from './settings.js'
import { tableSource } from './tableSource.js'
import { csvLines, queueLogLines } from './textRows.js'
import { Unreadable } from './unreadable.js'
import { urlSource } from './urlSource.js'
import { zonedRows } from './zonedRows.js'

/** Clocks differ, records are written late, and a call that was under way when the span begins is better known from its start. */
const MARGIN_MS = 5 * 60_000
const BATCH = 500
/** So many in a row that nobody can read are no records at all. */
const HOPELESS = 1000

interface Part {
  kind: RecordKind
  source: RowSource
  /** null: worked out from the records. */
  zone: Zone | null
  advice: string
}

/** Asterisk's own records of calls, from wherever they are kept. */
export function backfillOf(
  settings: AsteriskSettings,
  given: BackfillSettings,
  surroundings: Surroundings = realSurroundings,
): BackfillSource {
  const parts = partsOf(given, surroundings)
  return {
    about: parts.map(({ source }) => source.about).join(', '),
    read: (span, sink, signal) => new Reader(settings, parts, new Zone(settings.timeZone)).read(span, sink, signal),
  }
}

/** The log of channels first: by it, lines of the queues' log find their call. */
function partsOf({ cel, cdr, queueLog }: BackfillSettings, surroundings: Surroundings): Part[] {
  const zoneOf = (name: string | undefined) => (name === undefined ? null : new Zone(name))
  const tabular = (kind: RecordKind, layout: Layout, source: SourceSettings | undefined): Part[] =>
    source === undefined
      ? []
      : [{ kind, source: sourceOf(source, layout, surroundings), zone: zoneOf(source.timeZone), advice: layout.advice }]
  return [
    ...tabular(celRecords, celLayout, cel),
    ...tabular(cdrRecords, cdrLayout, cdr),
    ...(queueLog === undefined
      ? []
      : [
          {
            kind: queueLogRecords,
            source: fileSource(queueLog.file, queueLogLines),
            zone: zoneOf(queueLog.timeZone),
            advice: 'name the file queue_log',
          },
        ]),
  ]
}

function sourceOf(given: SourceSettings, layout: Layout, surroundings: Surroundings): RowSource {
  const { file, url, database, table, columns } = given
  if (database !== undefined) {
    const named = Array.isArray(columns) ? undefined : columns
    return tableSource({ database, table: table ?? (layout === cdrLayout ? 'cdr' : 'cel'), columns: named }, layout)
  }
  const lines = csvLines(layout, Array.isArray(columns) ? columns : undefined)
  return file === undefined ? urlSource(url!, given, lines, surroundings) : fileSource(file, lines)
}

class Reader {
  readonly #linked = new Linked()
  readonly #done: Backfilled = { records: 0, unreadable: 0 }
  #batch: HookDelivery[] = []

  constructor(
    private readonly settings: AsteriskSettings,
    private readonly parts: readonly Part[],
    private readonly ownZone: Zone,
  ) {}

  async read(span: Span, sink: BackfillSink, signal: AbortSignal): Promise<Backfilled> {
    for (const [i, part] of this.parts.entries())
      await this.#part(part, span, signal, {
        store: deliveries => sink.store(deliveries),
        progress: share => sink.progress((i + share) / this.parts.length),
      })
    sink.progress(1)
    return this.#done
  }

  async #part(
    { kind, source, zone, advice }: Part,
    span: Span,
    signal: AbortSignal,
    sink: BackfillSink,
  ): Promise<void> {
    const wide = { from: new Date(span.from.getTime() - MARGIN_MS), to: new Date(span.to.getTime() + MARGIN_MS) }
    const unreadable = new Unreadable()
    let read = 0
    let said = 0
    for await (const { row, share, toUtc } of zonedRows(source.rows(wide, signal), kind, zone, this.ownZone)) {
      signal.throwIfAborted()
      const kept = row === null ? null : kind.keep(this.#linked.with(row), toUtc)
      if (kept === null) unreadable.add()
      else {
        read++
        const inSpan = kept !== undefined && kept.from < wide.to.getTime() && kept.to >= wide.from.getTime()
        unreadable.passed(inSpan)
        if (inSpan) await this.#take(kept.event, sink)
      }
      if (read === 0 && unreadable.all >= HOPELESS) break
      if (share - said < 0.01) continue
      said = share
      sink.progress(share)
    }
    if (read === 0 && unreadable.all > 0)
      throw cannotRead(`${unreadable.all} records of ${source.about} cannot be read, and none can: ${advice}.`)
    await this.#store(sink)
    unreadable.end()
    this.#done.unreadable += unreadable.inSpan
  }

  async #take(event: Record<string, string | string[]>, sink: BackfillSink): Promise<void> {
    this.#done.records++
    // Most rows of the log of channels say nothing that the hub wants to know.
    if (normalise(this.settings, event).length === 0) return
    this.#batch.push({ key: eventKey(event), payload: Buffer.from(JSON.stringify(event)) })
    if (this.#batch.length >= BATCH) await this.#store(sink)
  }

  async #store(sink: BackfillSink): Promise<void> {
    if (this.#batch.length > 0) await sink.store(this.#batch.splice(0))
  }
}
