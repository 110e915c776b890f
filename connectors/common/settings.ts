import { z } from 'zod'
import type { SystemSettings } from '../../kernel/ports/index.js'

/** Which endpoints are people's phones. */
export const extensionPattern = z
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

/** `tcp://` and `tls://` addresses; `example` shows what one looks like. */
export const socketAddress = (port: number) =>
  z
    .string()
    .regex(
      /^(tcp|tls):\/\/[^/:]+(:\d+)?$/,
      `address must look like tcp://pbx.example:${port} or tls://pbx.example:${port}`,
    )
    .transform(address => {
      const { protocol, hostname, port: given } = new URL(address)
      return { host: hostname, port: Number(given || port), tls: protocol === 'tls:' }
    })

/** An address of a web server, without an account in it; it may have places to fill in, such as `{from}`. */
export const webAddress = z.string('must be an address').refine(text => {
  const url = URL.parse(text)
  return url !== null && /^https?:$/.test(url.protocol) && url.username === '' && url.password === ''
}, 'must look like https://pbx.example/…, with the account in username and password, or in token, beside it')

/** How the hub signs in there: Basic, or Bearer. */
export const webAccount = {
  username: z
    .string()
    .regex(/^[^:]+$/, 'must have no colon in it')
    .optional(),
  password: z.string().optional(),
  token: z
    .string()
    .regex(/^[\x21-\x7e]+$/, 'must be one word')
    .optional(),
}

/** A line break in it would be a message of its own on the wire; a NUL cannot go over it. */
export const oneLine = (needed: string) => z.string(needed).regex(/^[^\r\n\0]+$/, needed)

/** Understands the settings of each System once. What it makes of them may throw a message for the person who wrote them. */
export function understoodOnce<S extends z.ZodType, T>(
  schema: S,
  make: (settings: z.output<S>, system: SystemSettings) => T,
): (system: SystemSettings) => T {
  const known = new WeakMap<SystemSettings, { of: T }>()
  return system => {
    const before = known.get(system)
    if (before) return before.of
    const { data, error } = schema.safeParse(system.settings)
    if (error) throw new Error(error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '))
    const understood = { of: make(data as z.output<S>, system) }
    known.set(system, understood)
    return understood.of
  }
}
