const LOCAL = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2}))?)?$/

/** `2026-11-01`, `2026-11-01T08:30` by the clocks of this zone, or a time that names its own zone; undefined for what is no time. */
export function readMoment(text: string, zone: string): Date | undefined {
  const [whole, ...parts] = LOCAL.exec(text) ?? []
  if (whole === undefined) return /(Z|[+-]\d{2}:?\d{2})$/.test(text) ? valid(new Date(text)) : undefined
  const [year, month, day, hour = 0, minute = 0, second = 0] = parts.map(part => Number(part ?? 0))
  const asUtc = Date.UTC(year!, month! - 1, day, hour, minute, second)
  // What does not exist would be a time after it: 30 February one of March.
  const exists = new Date(asUtc).toISOString().startsWith(text.slice(0, 10))
  if (!exists || hour > 23 || minute > 59 || second > 59) return undefined
  // The offset at that moment, which is known only nearly until it is known.
  const guess = asUtc - offsetAt(asUtc, zone)
  return valid(new Date(asUtc - offsetAt(guess, zone)))
}

const valid = (date: Date): Date | undefined => (Number.isNaN(date.getTime()) ? undefined : date)

/** How far the clocks of the zone are ahead of UTC; milliseconds. */
function offsetAt(ms: number, timeZone: string): number {
  const format = new Intl.DateTimeFormat('en', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  const shown = Object.fromEntries(format.formatToParts(ms).map(({ type, value }) => [type, Number(value)]))
  const { year, month, day, hour, minute, second } = shown as Record<string, number>
  return Date.UTC(year!, month! - 1, day, hour, minute, second) - Math.floor(ms / 1000) * 1000
}
