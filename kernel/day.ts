import { remember } from './remember.js'

const DAY_MS = 24 * 60 * 60_000

/** What a clock on the wall shows at a moment in a zone. */
export interface WallClock {
  /** 1 is Monday, 7 Sunday. */
  weekday: number
  /** Minutes since midnight. */
  minutes: number
}

/** IANA zone names only. */
export function wallClock(at: Date, zone: string): WallClock {
  const wall = wallMs(at, zone)
  const day = Math.floor(wall / DAY_MS)
  // 1 January 1970 was a Thursday.
  return { weekday: ((((day + 3) % 7) + 7) % 7) + 1, minutes: Math.floor((wall - day * DAY_MS) / 60_000) }
}

/** The midnight with which the day of this moment began in the zone. */
export function dayStart(at: Date, zone: string): Date {
  const midnight = Math.floor(wallMs(at, zone) / DAY_MS) * DAY_MS
  const near = new Date(midnight - offset(at, zone))
  // Where clocks were put forward or back since midnight, another offset held then.
  return new Date(midnight - offset(near, zone))
}

const offset = (at: Date, zone: string): number => wallMs(at, zone) - at.getTime()

/** What the clock shows, as if it were UTC. */
function wallMs(at: Date, zone: string): number {
  const parts = Object.fromEntries(
    formatOf(zone)
      .formatToParts(at)
      .map(({ type, value }) => [type, Number(value)]),
  )
  const { year, month, day, hour, minute, second } = parts
  return Date.UTC(year!, month! - 1, day, hour, minute, second) + (((at.getTime() % 1000) + 1000) % 1000)
}

const formats = new Map<string, Intl.DateTimeFormat>()

/** To make one takes a thousand times as long as to use it. */
const formatOf = (zone: string): Intl.DateTimeFormat =>
  remember(
    formats,
    zone,
    () =>
      new Intl.DateTimeFormat('en-US', {
        timeZone: zone,
        hourCycle: 'h23',
        year: 'numeric',
        month: 'numeric',
        day: 'numeric',
        hour: 'numeric',
        minute: 'numeric',
        second: 'numeric',
      }),
  )
