import type { WrittenTime } from '../../common/localTime.js'
import { Zone } from '../../common/localTime.js'

const UTC = new Zone('UTC')
/** Ids of channels hold the second in which they began: `pbx1-1795428081.23`. */
const BEGAN = /(?:^|-)(\d{10})\.\d+$/
/** Clocks are read a moment apart. */
const SLACK_MS = 2000

/**
 * In which zone these records are written, by one of them: that of the System or UTC, as `usegmtime` or the container that Asterisk runs in
 * may have it. Nothing happens before its channel began; of two zones that agree with it, the one that puts it closer is right. undefined:
 * this record does not tell.
 */
export function zoneOf(time: WrittenTime | undefined, id: string | undefined, own: Zone): Zone | undefined {
  const began = Number(BEGAN.exec(id ?? '')?.[1]) * 1000
  if (!time?.isLocal || !began) return undefined
  const passed = (zone: Zone) => zone.toUtc(time.ms) - began
  const possible = [own, UTC].filter(zone => passed(zone) >= -SLACK_MS)
  return possible.sort((a, b) => passed(a) - passed(b))[0]
}
