import { z } from 'zod'
import { understoodOnce } from '../common/settings.js'

const address = z
  .string('must be text')
  .refine(
    isWebAddress,
    'must be an http:// or https:// address such as https://pbx.example/hub, without a question or a password in it',
  )
  .transform(written => new URL(written.replace(/\/+$/, '')))

const settings = z.object({
  secret: z
    .string('needs a secret, which signs its events and opens its door')
    .regex(/^[\x20-\x7e]{8,}$/, 'needs a secret of 8 plain characters or more'),
  /** Where it answers what the hub asks; without it the system only tells. */
  address: address.optional(),
})

/** How one System is heard and asked. */
export interface HubEventsSettings {
  secret: string
  address: URL | null
}

export const settingsOf = understoodOnce(
  settings,
  ({ secret, address: url }): HubEventsSettings => ({
    secret,
    address: url ?? null,
  }),
)

function isWebAddress(written: string): boolean {
  const url = URL.parse(written)
  if (!url || !['http:', 'https:'].includes(url.protocol)) return false
  return url.username === '' && url.password === '' && url.search === '' && url.hash === ''
}
