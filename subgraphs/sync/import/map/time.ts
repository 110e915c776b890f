import { type LocalTime, zonedTime } from '../../../../kernel/zonedTime.js'

export interface TimeWriting {
  /** IANA zone of times that name none. */
  zone: string
  /** How times are written, by `timeFormat`; without it in one of the usual ways that begin with the year. */
  format?: TimeFormat
}

const USUAL =
  /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[T\s]+(\d{1,2})[:时点](\d{1,2})分?(?::?(\d{1,2})秒?(?:[.,](\d{1,9}))?)?)?\s*(Z|[+-]\d{2}:?\d{2})?$/i
const COMPACT = /^(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})?)?$/
/** Seconds or milliseconds since 1970: of this century, and longer than any date. */
const EPOCH = /^([1-9]\d{9})(\d{3})?$/

/** A time as somebody wrote it; undefined for what is none, or lies outside of 1970 to 2100. */
export function readTime(text: string, { zone, format }: TimeWriting): Date | undefined {
  const found = format ? format(text) : (usual(text) ?? compact(text) ?? epoch(text))
  const date = found instanceof Date ? found : found && inZone(found, zone)
  return date && date.getTime() >= 0 && date.getUTCFullYear() <= 2100 ? date : undefined
}

interface Found extends LocalTime {
  /** Minutes ahead of UTC, where it is said. */
  offset?: number
}

export type TimeFormat = (text: string) => Found | Date | undefined

function inZone({ offset, ...local }: Found, zone: string): Date | undefined {
  if (offset === undefined) return zonedTime(local, zone)
  const utc = zonedTime(local, 'UTC')
  return utc && new Date(utc.getTime() - offset * 60_000)
}

function usual(text: string): Found | undefined {
  const parts = USUAL.exec(text)
  if (!parts) return undefined
  const [, year, month, day, hour, minute, second, fraction = '', zone] = parts
  return { ...localOf(year, month, day, hour, minute, second, fraction), offset: offsetOf(zone) }
}

function compact(text: string): Found | undefined {
  const parts = COMPACT.exec(text)
  return parts ? localOf(...(parts.slice(1) as [string])) : undefined
}

function epoch(text: string): Date | undefined {
  const parts = EPOCH.exec(text)
  return parts ? new Date(Number(parts[1]) * 1000 + Number(parts[2] ?? 0)) : undefined
}

function localOf(year = '0', month = '1', day = '1', hour = '0', minute = '0', second = '0', fraction = ''): LocalTime {
  const [y, mo, d, h, mi, s] = [year, month, day, hour, minute, second].map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ]
  return {
    year: y,
    month: mo,
    day: d,
    hour: h,
    minute: mi,
    second: s,
    millisecond: Number(fraction.padEnd(3, '0').slice(0, 3)),
  }
}

function offsetOf(zone: string | undefined): number | undefined {
  if (zone === undefined) return undefined
  if (zone.toUpperCase() === 'Z') return 0
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2))
  return zone[0] === '-' ? -minutes : minutes
}

const TOKENS: Record<string, string> = {
  YYYY: '(?<year>\\d{4})',
  MM: '(?<month>\\d{1,2})',
  DD: '(?<day>\\d{1,2})',
  HH: '(?<hour>\\d{1,2})',
  mm: '(?<minute>\\d{1,2})',
  ss: '(?<second>\\d{1,2})',
}

/** Reads times of the form `DD/MM/YYYY HH:mm:ss`; what stands behind the day may be missing. undefined where the form names no day. */
export function timeFormat(form: string): TimeFormat | undefined {
  const names: readonly string[] = form.match(/YYYY|MM|DD|HH|mm|ss/g) ?? []
  if (new Set(names).size !== names.length || !['YYYY', 'MM', 'DD'].every(name => names.includes(name)))
    return undefined
  const [days = form, ...clock] = form.split(/\s+(?=HH)/)
  const source = [days, ...clock].map(part =>
    part.replaceAll(/YYYY|MM|DD|HH|mm|ss|[^\w]/g, found => TOKENS[found] ?? `\\${found}`),
  )
  const pattern = new RegExp(`^${source[0]}${source.length > 1 ? `(?:\\s+${source.slice(1).join('\\s+')})?` : ''}$`)
  return text => {
    const parts = pattern.exec(text)?.groups
    return parts && localOf(parts.year, parts.month, parts.day, parts.hour, parts.minute, parts.second)
  }
}
