import { remember } from './remember.js'

/** A time as it stands on a clock somewhere. Months are 1 to 12. */
export interface LocalTime {
  year: number
  month: number
  day: number
  hour: number
  minute: number
  second: number
  millisecond: number
}

/** Zones change their offset at full quarters of an hour only. */
const QUARTER_MS = 15 * 60_000
/** Offsets of more quarters than this of one zone are not kept: some thirty years. */
const MOST_QUARTERS = 1_000_000

interface Zone {
  format: Intl.DateTimeFormat
  offsets: Map<number, number>
}

const zones = new Map<string, Zone>()

/**
 * The moment at which clocks of a zone (IANA name) show this time; of two the earlier, and of a time that is skipped in spring as much later as
 * the clocks jump. undefined where there is no such day or hour.
 */
export function zonedTime(local: LocalTime, zone: string): Date | undefined {
  const { year, month, day, hour, minute, second, millisecond } = local
  const utc = Date.UTC(year, month - 1, day, hour, minute, second, millisecond)
  const shown = new Date(utc)
  const isReal =
    shown.getUTCFullYear() === year &&
    shown.getUTCMonth() === month - 1 &&
    shown.getUTCDate() === day &&
    shown.getUTCHours() === hour &&
    shown.getUTCMinutes() === minute &&
    shown.getUTCSeconds() === second
  if (!isReal) return undefined
  const known = remember(zones, zone, () => ({ format: formatOf(zone), offsets: new Map() }))
  // Of the offsets before and after a change one fits; the larger one gives the earlier moment.
  const offsets = [offsetAt(known, utc - 86_400_000), offsetAt(known, utc + 86_400_000)]
  const moments = offsets.map(offset => utc - offset).filter(moment => utc - moment === offsetAt(known, moment))
  return new Date(moments.length > 0 ? Math.min(...moments) : utc - offsets[0]!)
}

/** Milliseconds by which the zone's clocks are ahead of UTC at a moment. */
function offsetAt({ format, offsets }: Zone, moment: number): number {
  const quarter = Math.floor(moment / QUARTER_MS)
  if (offsets.size > MOST_QUARTERS) offsets.clear()
  return remember(offsets, quarter, () => {
    const start = quarter * QUARTER_MS
    const parts = new Map(format.formatToParts(start).map(({ type, value }) => [type, Number(value)]))
    const of = (type: Intl.DateTimeFormatPartTypes) => parts.get(type)!
    return Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second')) - start
  })
}

const formatOf = (zone: string): Intl.DateTimeFormat =>
  new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  })
