import { z } from 'zod'
import { extensionPattern, oneLine, socketAddress, understoodOnce } from '../common/settings.js'
import type { SocketAddress } from '../common/socketConnection.js'

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
}

/** The connector's settings, understood once per System. Throws with a message for the person who wrote them. */
export const settingsOf = understoodOnce(settings, (given, system): FreeSwitchSettings => {
  const { address, password, username, secret, extensionPattern } = given
  if (address === undefined && secret === undefined)
    throw new Error(
      'needs an address of its event socket such as tcp://pbx.example:8021, or a secret with which it posts records of calls, or both',
    )
  if (address !== undefined && password === undefined)
    throw new Error('password: needs the password of event_socket.conf.xml')
  return {
    eventSocket: address === undefined ? null : { ...address, password: password! },
    poster: secret === undefined ? null : { username, secret },
    extensionPattern,
    trunks: new Set(system.trunks),
  }
})
