import { z } from 'zod'
import { type RecordingPlace, recordingPlace } from '../common/recordingStore.js'
import { extensionPattern, oneLine, socketAddress, understoodOnce } from '../common/settings.js'
import type { SocketAddress } from '../common/socketConnection.js'
import { type DialSettings, dialSettings } from './dialSettings.js'

const settings = z.object({
  /** Of the event socket: `tcp://pbx:8021`, or `tls://…` where a tunnel ends. Without it the hub takes records only. */
  address: socketAddress(8021).optional(),
  /** Of the event socket. */
  password: oneLine('must be a line of text: the password of event_socket.conf.xml').optional(),
  /** What mod_json_cdr signs in with: the part of `cred` before and after the colon. */
  username: z
    .string()
    .regex(/^[^:]+$/, 'username must be the part of cred before the colon')
    .default('hub'),
  secret: z.string().min(8, 'secret must have 8 characters or more').optional(),
  /** Which ends of calls are people's phones: that of `sofia/internal/1001@host` is 1001. */
  extensionPattern,
  /** Where mod_json_cdr leaves records (`log-dir` or `err-log-dir`), as the hub can read it. */
  backfill: z.strictObject({ folder: z.string().regex(/^\//, 'must be an absolute path') }).optional(),
  dial: dialSettings.optional(),
  recordings: recordingPlace.optional(),
})

/** Where the event socket is, and what it wants to hear. */
export interface EventSocketSettings extends SocketAddress {
  password: string
}

/** How one FreeSWITCH is reached and read. */
export interface FreeSwitchSettings {
  /** null: the hub does not listen to events. */
  eventSocket: EventSocketSettings | null
  /** Who may post records of calls; null: nobody. */
  poster: { username: string; secret: string } | null
  extensionPattern: RegExp
  trunks: ReadonlySet<string>
  /** Where records of past calls lie; null: the hub cannot read them. */
  recordFolder: string | null
  /** How calls are placed; null: the hub places none. */
  dial: DialSettings | null
  recordings: RecordingPlace | null
}

/** The connector's settings, understood once per System. Throws with a message for the person who wrote them. */
export const settingsOf = understoodOnce(settings, (given, system): FreeSwitchSettings => {
  const { address, password, username, secret, extensionPattern, backfill, dial, recordings } = given
  if (address === undefined && secret === undefined && backfill === undefined)
    throw new Error(
      'needs an address of its event socket such as tcp://pbx.example:8021, or a secret with which it posts records of calls, or the folder in which it leaves them (backfill), or several of these',
    )
  if (address !== undefined && password === undefined)
    throw new Error('password: needs the password of event_socket.conf.xml')
  if (dial !== undefined && address === undefined)
    throw new Error('dial: needs the address of the event socket, by which calls are placed')
  return {
    eventSocket: address === undefined ? null : { ...address, password: password! },
    poster: secret === undefined ? null : { username, secret },
    extensionPattern,
    trunks: new Set(system.trunks),
    recordFolder: backfill?.folder ?? null,
    dial: dial ?? null,
    recordings: recordings ?? null,
  }
})
