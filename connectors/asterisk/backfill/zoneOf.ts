import { type WrittenTime, Zone } from '../../common/localTime.js'

const UTC = new Zone('UTC')
/** Ids of channels hold the second in which they began: `pbx1-1795428081.23`. */
const BEGAN = /(?:^|-)(\d{10})\.\d+$/
/** Clocks are read a moment apart. */
const SLACK_MS = 2000
/** Of so many records, one at least is of a channel that has just begun. */
export const ENOUGH = 20
const JUST_BEGUN_MS = 15 * 60_000

/** What one record tells of its zone: the local time that it has, and when its channel began. */
export interface Telling {
  local: number
  began: number
}

/** The moment before which nothing happened to a channel of this id; undefined where the id does not tell. */
export function sinceOf(id: string | undefined): number | undefined {
  const began = beganIn(id)
  return began ? began - SLACK_MS : undefined
}

const beganIn = (id: string | undefined): number => Number(BEGAN.exec(id ?? '')?.[1]) * 1000

/** undefined: it tells nothing. */
export function tellingOf(time: WrittenTime | undefined, id: string | undefined): Telling | undefined {
  const began = beganIn(id)
  return time?.isLocal && began ? { local: time.ms, began } : undefined
}

/**
 * In which zone records are written: that of the System or UTC, as `usegmtime` or the container that Asterisk runs in may have it. Nothing happens
 * before its channel began, unless the clock was set back; of two zones that agree with it, the one that puts things closer is right. null: neither
 * agrees.
 */
export function zoneOf(tellings: readonly Telling[], own: Zone): Zone | null {
  const fitting = [own, UTC]
    .map(zone => ({
      zone,
      passed: tellings.map(({ local, began }) => zone.toUtc(local, began - SLACK_MS) - began).sort((a, b) => a - b),
    }))
    .map(({ zone, passed }) => ({ zone, possible: passed.filter(ms => ms >= -SLACK_MS) }))
    .filter(({ possible }) => possible.length > tellings.length / 2)
    .filter(({ possible }) => tellings.length < ENOUGH || possible[0]! < JUST_BEGUN_MS)
    .sort((a, b) => a.possible[0]! - b.possible[0]!)
  return fitting[0]?.zone ?? null
}
