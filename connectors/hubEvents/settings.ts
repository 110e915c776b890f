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
    .min(8, 'needs a secret of 8 characters or more'),
  /** Where it answers what the hub asks; without it the system only tells. */
  address: address.optional(),
})

/** What a header can carry. */
const PLAIN = /^[\x21-\x7e]+$/

/** How one System is heard and asked. */
export interface HubEventsSettings {
  secret: string
  address: URL | null
}

export const settingsOf = understoodOnce(settings, ({ secret, address: url }): HubEventsSettings => {
  if (url && !PLAIN.test(secret))
    throw new Error('secret: must be plain letters, digits and signs where the system has an address')
  return { secret, address: url ?? null }
})

function isWebAddress(written: string): boolean {
  const url = URL.parse(written)
  if (!url || !['http:', 'https:'].includes(url.protocol)) return false
  return url.username === '' && url.password === '' && url.search === '' && url.hash === ''
}
