const HOUR_MS = 3_600_000
const LOCAL = /^(\d{4})-(\d{2})-(\d{2})[ T](\d{2}):(\d{2}):(\d{2})(?:[.,](\d{1,9}))?\s*(Z|[+-]\d{2}(?::?\d{2})?)?$/
const EPOCH = /^(\d{9,11})(?:\.(\d{1,9}))?$/

/** A time as a record has it: milliseconds since 1970 as if it were in UTC, and whether it says itself in which zone it is. */
export interface WrittenTime {
  ms: number
  isLocal: boolean
}

/** Reads `2026-11-23 10:01:21.743`, the same with an offset, and seconds since 1970. undefined: it is no time. */
export function readTime(text: string | undefined): WrittenTime | undefined {
  const [, seconds, part = ''] = EPOCH.exec(text ?? '') ?? []
  if (seconds !== undefined) return { ms: Number(seconds) * 1000 + millis(part), isLocal: false }
  const [, y, mo, d, h, mi, s, fraction = '', offset] = LOCAL.exec(text ?? '') ?? []
  if (y === undefined) return undefined
  const ms = Date.UTC(Number(y), Number(mo) - 1, Number(d), Number(h), Number(mi), Number(s)) + millis(fraction)
  if (ms < 0 || Number(mo) > 12 || Number(d) > 31 || Number(h) > 24) return undefined
  return offset === undefined ? { ms, isLocal: true } : { ms: ms - offsetMs(offset), isLocal: false }
}

/** What the clocks of the zone show at a moment, less UTC. */
export class Zone {
  readonly #format: Intl.DateTimeFormat
  readonly #offsets = new Map<number, number>()

  constructor(readonly name: string) {
    this.#format = new Intl.DateTimeFormat('en-CA', {
      timeZone: name,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    })
  }

  /** The moment at which its clocks show this. Of an hour that comes twice in autumn, the first, unless that is before `since`. */
  toUtc(local: number, since = Number.NEGATIVE_INFINITY): number {
    const first = this.#firstOf(local)
    if (first >= since) return first
    const second = local - this.#offset(local + 24 * HOUR_MS)
    return second > first && second + this.#offset(second) === local ? second : first
  }

  #firstOf(local: number): number {
    const earlier = local - this.#offset(local - 24 * HOUR_MS)
    const later = local - this.#offset(earlier)
    const isShown = (at: number) => at + this.#offset(at) === local
    return !isShown(earlier) && isShown(later) ? later : earlier
  }

  /** Offsets change on quarters of an hour only, so that one look-up serves all of a quarter. */
  #offset(ms: number): number {
    const quarter = Math.floor(ms / (HOUR_MS / 4))
    const known = this.#offsets.get(quarter)
    if (known !== undefined) return known
    const at = quarter * (HOUR_MS / 4)
    const parts = Object.fromEntries(this.#format.formatToParts(at).map(({ type, value }) => [type, Number(value)]))
    const shown = Date.UTC(parts.year!, parts.month! - 1, parts.day, parts.hour, parts.minute, parts.second)
    if (this.#offsets.size > 1000) this.#offsets.clear()
    this.#offsets.set(quarter, shown - at)
    return shown - at
  }
}

/** By digits: as a floating-point number some times would lose a millisecond. */
const millis = (fraction: string): number => Number(fraction.padEnd(3, '0').slice(0, 3))

function offsetMs(text: string): number {
  if (text === 'Z') return 0
  const [, sign, hours, minutes = '0'] = /^([+-])(\d{2}):?(\d{2})?$/.exec(text)!
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000
}
