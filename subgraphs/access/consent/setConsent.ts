import { type ConsentPurpose, ConsentState } from '../../../kernel/consent.js'
import type { HubContext } from '../../../kernel/context/index.js'
import { badInput, forbidden, notFound, unreadableText } from '../../../kernel/errors.js'
import { isText } from '../../../kernel/text.js'
import type { Consent } from './consent.js'
import { addConsent } from './consents.js'

const LONGEST = 2000

export interface Said {
  customerId: string
  purpose: ConsentPurpose
  state: ConsentState
  evidence: string
}

/** Writes down what a customer said; it counts from this moment on. */
export async function setConsent(ctx: HubContext, { customerId, purpose, state, evidence }: Said): Promise<Consent> {
  const words = evidence.trim()
  if (words === '' || words.length > LONGEST)
    throw badInput('evidence', `Say how you know, in 1 to ${LONGEST.toLocaleString('en')} characters.`)
  if (!isText(words)) throw unreadableText('evidence')
  if (state === ConsentState.UNKNOWN)
    throw badInput('state', 'Write down what the customer said: granted, declined or withdrawn.')
  return ctx.change(async change => {
    const { em, at } = change
    const customer = (await ctx.kernel.ports.customers.byId(ctx.kernel.systemEm(), [customerId])).get(customerId)
    if (!customer || !ctx.may('read', 'Customer', customer)) throw notFound('customer')
    if (!ctx.may('update', 'Customer', customer, 'consents')) throw forbidden()
    const consent = { customerId, purpose, state, at, evidence: words }
    await addConsent(em, { ...consent, byId: ctx.actor.id })
    change.record({
      kind: 'CHANGE',
      action: 'Consent.set',
      subjectType: 'Customer',
      subjectId: customerId,
      customerId,
      fields: ['consents'],
      detail: { purpose, state },
    })
    return consent
  })
}
