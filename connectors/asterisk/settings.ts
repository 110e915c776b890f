import { z } from 'zod'
import { type RecordingPlace, recordingPlace } from '../common/recordingStore.js'
import { extensionPattern, oneLine, socketAddress, understoodOnce } from '../common/settings.js'
import type { SocketAddress } from '../common/socketConnection.js'
import { type BackfillSettings, backfillSettings } from './backfill/settings.js'
import { type DialSettings, dialSettings } from './dialSettings.js'

const PORT = 5038

const settings = z.object({
  /** `tcp://pbx:5038` or `tls://pbx:5039`; instead of host, port and tls. */
  address: socketAddress(PORT).optional(),
  host: z.string().min(1).optional(),
  port: z.int().min(1).max(65535).default(PORT),
  tls: z.boolean().default(false),
  username: oneLine('needs the username of a manager account (manager.conf)'),
  secret: oneLine('needs the secret of the manager account (manager.conf)'),
  /** The endpoint of `PJSIP/1001-0000002a` is 1001. */
  extensionPattern,
  /** Where Asterisk keeps its own records of calls; see docs/asterisk.md. */
  backfill: backfillSettings.optional(),
  /** How calls are placed; without it none are. */
  dial: dialSettings.optional(),
  /** Where recordings are; without it none are fetched. */
  recordings: recordingPlace.optional(),
})

/** How one Asterisk is reached and read. */
export interface AsteriskSettings extends SocketAddress {
  username: string
  secret: string
  extensionPattern: RegExp
  trunks: ReadonlySet<string>
  backfill?: BackfillSettings | undefined
  dial?: DialSettings | undefined
  recordings?: RecordingPlace | undefined
  /** That of its clock. */
  timeZone: string
}

/** The connector's settings, understood once per System. Throws with a message for the person who wrote them. */
export const settingsOf = understoodOnce(settings, ({ address, host, ...rest }, system): AsteriskSettings => {
  const common = { ...rest, trunks: new Set(system.trunks), timeZone: system.timeZone }
  if (address !== undefined) return { ...common, ...address }
  if (host === undefined) throw new Error('needs an address such as tcp://pbx.example:5038, or host and port')
  return { ...common, host }
})
