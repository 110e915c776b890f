import { Arg, Ctx, Field, FieldResolver, Int, Mutation, ObjectType, Query, Resolver, Root } from 'type-graphql'
import type { HubContext } from '../../../kernel/context/index.js'
import { Money, money } from '../../../kernel/money.js'
import { connectionOf, type Order, type Page, pageOf } from '../../../kernel/page/index.js'
import { Cursor } from '../../../kernel/scalars.js'
import { Customer } from '../customer/customer.entity.js'
import { Deal } from './deal.entity.js'
import { DealInput } from './dealInput.js'
import { saveDeal } from './saveDeal.js'

export const { Connection: DealConnection } = connectionOf(Deal)
export const DEALS_NEWEST: Order<Deal> = { name: 'deal:created-', by: 'createdAt', direction: 'desc' }

@ObjectType({ description: 'The deal after the change.' })
export class DealPayload {
  @Field(() => Deal, { nullable: true, description: 'The deal as it stands now.' })
  deal!: Deal | null
}

@Resolver(() => Deal)
export class DealResolver {
  @Query(() => DealConnection, { nullable: true, description: 'Deals the viewer may see, newest first.' })
  deals(
    @Arg('first', () => Int, { nullable: true, defaultValue: 20, description: 'How many, 100 at most.' }) first:
      | number
      | null,
    @Arg('after', () => Cursor, { nullable: true, description: 'Cursor of the row to go on after.' }) after:
      | string
      | null,
    @Ctx() ctx: HubContext,
  ): Promise<Page<Deal>> {
    return pageOf(ctx, Deal, ctx.rows<Deal>(Deal), DEALS_NEWEST, { first, after })
  }

  @Mutation(() => DealPayload, { nullable: true, description: 'Makes a deal, or changes one.' })
  async saveDeal(
    @Arg('input', () => DealInput, { description: 'The deal.' }) input: DealInput,
    @Ctx() ctx: HubContext,
  ): Promise<DealPayload> {
    return { deal: await saveDeal(ctx, input) }
  }

  @FieldResolver(() => Customer, { nullable: true, description: 'Whose deal it is.' })
  customer(@Root() deal: Deal, @Ctx() ctx: HubContext): Promise<Customer | null> {
    return ctx.byId<Customer>(Customer, deal.customerId)
  }

  @FieldResolver(() => Money, { nullable: true, description: 'What it is worth.' })
  amount(@Root() { amount, currency }: Deal): Money | null {
    return money(amount, currency)
  }

  @FieldResolver(() => Money, { nullable: true, description: 'What it costs. Supervisors and administrators only.' })
  cost(@Root() { cost, currency }: Deal): Money | null {
    return money(cost, currency)
  }
}
