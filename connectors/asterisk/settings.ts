import { z } from 'zod'
import type { SystemSettings } from '../../kernel/ports/index.js'

const PORT = 5038

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

/** A line break in it would be a message of its own on the wire. */
const oneLine = (needed: string) => z.string(needed).regex(/^[^\r\n]+$/, needed)

const settings = z.object({
  /** `tcp://pbx:5038` or `tls://pbx:5039`; instead of host, port and tls. */
  address: z
    .string()
    .regex(/^(tcp|tls):\/\/[^/:]+(:\d+)?$/, 'address must look like tcp://pbx.example:5038 or tls://pbx.example:5039')
    .optional(),
  host: z.string().min(1).optional(),
  port: z.int().min(1).max(65535).default(PORT),
  tls: z.boolean().default(false),
  username: oneLine('needs the username of a manager account (manager.conf)'),
  secret: oneLine('needs the secret of the manager account (manager.conf)'),
  /** Which endpoints are people's phones: the endpoint of `PJSIP/1001-0000002a` is 1001. */
  extensionPattern: pattern,
})

/** How one Asterisk is reached and read. */
export interface AsteriskSettings {
  host: string
  port: number
  tls: boolean
  username: string
  secret: string
  extensionPattern: RegExp
  trunks: ReadonlySet<string>
}

const known = new WeakMap<SystemSettings, AsteriskSettings>()

/** The connector's settings, understood once per System. Throws with a message for the person who wrote them. */
export function settingsOf(system: SystemSettings): AsteriskSettings {
  const understood = known.get(system) ?? understand(system)
  known.set(system, understood)
  return understood
}

function understand(system: SystemSettings): AsteriskSettings {
  const { data, error } = settings.safeParse(system.settings)
  if (error) throw new Error(error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '))
  const { address, host, port, tls, ...rest } = data
  const trunks = new Set(system.trunks)
  if (address !== undefined) {
    const { protocol, hostname, port: given } = new URL(address)
    return { ...rest, trunks, host: hostname, port: Number(given || PORT), tls: protocol === 'tls:' }
  }
  if (host === undefined) throw new Error('needs an address such as tcp://pbx.example:5038, or host and port')
  return { ...rest, trunks, host, port, tls }
}
