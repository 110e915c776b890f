import { z } from 'zod'
import type { SystemSettings } from '../../kernel/ports/index.js'

const PORT = 8021

const pattern = z
  .string()
  .default('^\\d{2,6}$')
  .transform((text, ctx) => {
    try {
      return new RegExp(text)
    } catch {
      ctx.addIssue({ code: 'custom', message: 'extensionPattern is not a regular expression' })
      return z.NEVER
    }
  })

const settings = z.object({
  /** Of the event socket: `tcp://pbx:8021`, or `tls://…` where a tunnel ends. Without it the hub listens to webhooks only. */
  address: z
    .string()
    .regex(/^(tcp|tls):\/\/[^/:]+(:\d+)?$/, 'address must look like tcp://pbx.example:8021 or tls://pbx.example:8021')
    .optional(),
  /** Of the event socket. A line break in it would be a command of its own on the wire. */
  password: z
    .string()
    .regex(/^[^\r\n]+$/, 'password must be a line of text: the password of event_socket.conf.xml')
    .optional(),
  /** What mod_json_cdr signs in with: the part of `cred` before and after the colon. */
  username: z
    .string()
    .regex(/^[^:]+$/, 'username must be the part of cred before the colon')
    .default('hub'),
  secret: z.string().min(8, 'secret must have 8 characters or more').optional(),
  /** Which ends of calls are people's phones: that of `sofia/internal/1001@host` is 1001. */
  extensionPattern: pattern,
})

/** Where the event socket is, and what it wants to hear. */
export interface EventSocketSettings {
  host: string
  port: number
  tls: boolean
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

const known = new WeakMap<SystemSettings, FreeSwitchSettings>()

/** The connector's settings, understood once per System. Throws with a message for the person who wrote them. */
export function settingsOf(system: SystemSettings): FreeSwitchSettings {
  const understood = known.get(system) ?? understand(system)
  known.set(system, understood)
  return understood
}

function understand(system: SystemSettings): FreeSwitchSettings {
  const { data, error } = settings.safeParse(system.settings)
  if (error) throw new Error(error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '))
  const { address, password, username, secret, extensionPattern } = data
  if (address === undefined && secret === undefined)
    throw new Error(
      'needs an address of its event socket such as tcp://pbx.example:8021, or a secret with which it posts records of calls, or both',
    )
  return {
    eventSocket: address === undefined ? null : eventSocket(address, password),
    poster: secret === undefined ? null : { username, secret },
    extensionPattern,
    trunks: new Set(system.trunks),
  }
}

function eventSocket(address: string, password: string | undefined): EventSocketSettings {
  if (password === undefined) throw new Error('password: needs the password of event_socket.conf.xml')
  const { protocol, hostname, port } = new URL(address)
  return { host: hostname, port: Number(port || PORT), tls: protocol === 'tls:', password }
}
