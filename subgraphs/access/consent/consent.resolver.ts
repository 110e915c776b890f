import { Arg, Ctx, FieldResolver, ID, Mutation, Resolver, Root } from 'type-graphql'
import { ConsentPurpose, ConsentState } from '../../../kernel/consent.js'
import type { HubContext } from '../../../kernel/context/index.js'
import { forbidden } from '../../../kernel/errors.js'
import { Customer } from '../stubs.js'
import { Consent, ConsentPayload } from './consent.js'
import { consentsOf } from './consents.js'
import { setConsent } from './setConsent.js'

@Resolver(() => Customer)
export class ConsentResolver {
  @Mutation(() => ConsentPayload, {
    nullable: true,
    description: 'Writes down what a customer agreed to, or did not. It counts at once; what they said before is kept.',
  })
  async setConsent(
    @Arg('customerId', () => ID, { description: 'The customer.' }) customerId: string,
    @Arg('purpose', () => ConsentPurpose, { description: 'What it is about.' }) purpose: ConsentPurpose,
    @Arg('state', () => ConsentState, { description: 'What they said; not UNKNOWN.' }) state: ConsentState,
    @Arg('evidence', () => String, { description: 'How you know, 2,000 characters at most.' }) evidence: string,
    @Ctx() ctx: HubContext,
  ): Promise<ConsentPayload> {
    return { consent: await setConsent(ctx, { customerId, purpose, state, evidence }) }
  }

  @FieldResolver(() => [Consent], {
    nullable: true,
    description: 'What they agreed to: their last word on each purpose they were asked about.',
  })
  async consents(@Root() { id }: Customer, @Ctx() ctx: HubContext): Promise<Consent[]> {
    const loader = ctx.loader<string, Consent[]>(Consent, ids => readable(ctx, ids))
    const consents = await loader.load(id)
    if (!consents) throw forbidden()
    return consents
  }
}

/** Who may read a customer may read what they agreed to: the rule stands on the customer's own row. null: not for this viewer. */
async function readable(ctx: HubContext, customerIds: readonly string[]): Promise<(Consent[] | null)[]> {
  const em = ctx.kernel.systemEm()
  const customers = await ctx.kernel.ports.customers.byId(em, customerIds)
  const may = customerIds.map(id => {
    const customer = customers.get(id)
    return customer !== undefined && ctx.may('read', 'Customer', customer, 'consents')
  })
  const said = await consentsOf(
    em,
    customerIds.filter((_, i) => may[i]),
  )
  return customerIds.map((id, i) => (may[i] ? said.filter(({ customerId }) => customerId === id) : null))
}
