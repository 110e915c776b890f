import type { WrittenTime, Zone } from '../../common/localTime.js'
import type { RecordKind } from './records.js'
import type { Read } from './row.js'
import { zoneOf } from './zoneOf.js'

/** Rows that are held back until one of them tells the zone. */
const MOST = 1000

export interface ZonedRead extends Read {
  toUtc(time: WrittenTime): number
}

/** The rows with the zone they are written in: the one that was `given`, else the one that the first row which can tell it tells, else `own`. */
export async function* zonedRows(
  rows: AsyncIterable<Read>,
  kind: RecordKind,
  given: Zone | null,
  own: Zone,
): AsyncGenerator<ZonedRead> {
  const waiting: Read[] = []
  let zone = given ?? undefined
  const toUtc = ({ ms, isLocal }: WrittenTime) => (isLocal ? (zone ?? own).toUtc(ms) : ms)
  const release = () => waiting.splice(0).map(read => ({ ...read, toUtc }))
  for await (const read of rows) {
    waiting.push(read)
    zone ??= read.row === null ? undefined : zoneOf(kind.timeOf(read.row), read.row.uniqueid ?? read.row.callid, own)
    if (zone === undefined && waiting.length < MOST) continue
    zone ??= own
    yield* release()
  }
  yield* release()
}
