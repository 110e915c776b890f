import { cannotRead } from '../../common/cannotRead.js'
import type { WrittenTime, Zone } from '../../common/localTime.js'
import type { RecordKind } from './records.js'
import type { Read, Row } from './row.js'
import { ENOUGH, sinceOf, type Telling, tellingOf, zoneOf } from './zoneOf.js'

/** Rows that are held back until enough of them tell the zone. */
const MOST = 1000

export interface ZonedRead extends Read {
  toUtc(time: WrittenTime): number
}

/** The rows with the zone they are written in: the one that was `given`, else the one that the first rows tell, else `own`. Throws where they tell another. */
export async function* zonedRows(
  rows: AsyncIterable<Read>,
  kind: RecordKind,
  given: Zone | null,
  own: Zone,
): AsyncGenerator<ZonedRead> {
  const waiting: Read[] = []
  const tellings: Telling[] = []
  let zone = given
  const inUtc = ({ row, ...read }: Read): ZonedRead => {
    const since = row ? sinceOf(idOf(row)) : undefined
    return { ...read, row, toUtc: ({ ms, isLocal }) => (isLocal ? (zone ?? own).toUtc(ms, since) : ms) }
  }
  const release = () => {
    zone ??= tellings.length === 0 ? own : zoneOf(tellings, own)
    if (!zone)
      throw cannotRead(`The times of the records are neither those of ${own.name} nor in UTC: set timeZone beside it.`)
    return waiting.splice(0).map(inUtc)
  }
  for await (const read of rows) {
    waiting.push(read)
    const { row } = read
    const telling = zone || !row ? undefined : tellingOf(kind.timeOf(row), idOf(row))
    if (telling) tellings.push(telling)
    if (zone || tellings.length >= ENOUGH || waiting.length >= MOST) yield* release()
  }
  yield* release()
}

const idOf = ({ uniqueid, callid }: Row): string | undefined => uniqueid ?? callid
