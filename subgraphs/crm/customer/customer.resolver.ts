import type { GraphQLResolveInfo } from 'graphql'
import { type SqlBool, sql } from 'kysely'
import { Arg, Ctx, Directive, FieldResolver, ID, Info, Int, Query, Resolver, Root } from 'type-graphql'
import type { HubContext } from '../../../kernel/context/index.js'
import { column, idList, rowsOf } from '../../../kernel/orm/index.js'
import { childrenOf, connectionOf, type Needs, type Page, pageOf, selectedFor } from '../../../kernel/page/index.js'
import { Cursor, JsonScalar } from '../../../kernel/scalars.js'
import { EmailAddress, PhoneNumber, SensitiveText } from '../../../kernel/sensitive/index.js'
import { Deal } from '../deal/deal.entity.js'
import { DEALS_NEWEST, DealConnection } from '../deal/deal.resolver.js'
import { FollowUp } from '../followUp/followUp.entity.js'
import { FOLLOW_UPS_NEWEST, FollowUpConnection } from '../followUp/followUp.resolver.js'
import { Agent, Team } from '../stubs.js'
import { Customer } from './customer.entity.js'
import {
  askedBy,
  CustomerFilter,
  CustomerOrder,
  checkQuestion,
  customerCondition,
  customerOrders,
} from './customerFilter.js'
import { ExternalId } from './externalId.entity.js'
import { customersByPhone, noteTailSearch } from './lookUp.js'
import { phonesOf } from './phones.js'

export const { Connection: CustomerConnection } = connectionOf(Customer)

const NEEDS: Needs<Customer> = {
  email: ['emailMasked', 'emailCipher'],
  address: ['addressMasked', 'addressCipher'],
  owner: ['ownerId', 'teamId'],
  team: ['teamId'],
}

@Resolver(() => Customer)
export class CustomerResolver {
  @Query(() => Customer, {
    nullable: true,
    description: 'One customer by id; null when there is none that the viewer may see.',
  })
  customer(
    @Arg('id', () => ID, { description: 'The id of the customer.' }) id: string,
    @Ctx() ctx: HubContext,
  ): Promise<Customer | null> {
    return ctx.byId(Customer, id)
  }

  @Query(() => CustomerConnection, { nullable: true, description: 'Customers the viewer may see.' })
  async customers(
    @Arg('filter', () => CustomerFilter, { nullable: true, description: 'Narrows the list.' })
    filter: CustomerFilter | null,
    @Arg('orderBy', () => CustomerOrder, {
      nullable: true,
      defaultValue: CustomerOrder.UPDATED_DESC,
      description: 'What to sort by.',
    })
    orderBy: CustomerOrder | null,
    @Arg('first', () => Int, { nullable: true, defaultValue: 20, description: 'How many, 100 at most.' }) first:
      | number
      | null,
    @Arg('after', () => Cursor, { nullable: true, description: 'Cursor of the row to go on after.' }) after:
      | string
      | null,
    @Ctx() ctx: HubContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Page<Customer>> {
    const order = orderBy ?? CustomerOrder.UPDATED_DESC
    checkQuestion(ctx, filter, order)
    if (filter?.phoneEndsWith) await noteTailSearch(ctx)
    const select = selectedFor<Customer>(ctx, info, Customer, NEEDS, customerOrders[order])
    const rows = ctx.rows<Customer>(Customer, { select, by: askedBy(filter, order) })
    return pageOf(ctx, Customer, rows.where(customerCondition(ctx, filter)), customerOrders[order], { first, after })
  }

  @Query(() => [Customer], {
    nullable: true,
    description: 'Exact look-up by number in any writing; audited and limited; only rows the viewer may read.',
  })
  customersByPhone(
    @Arg('number', () => String, { description: 'The full number, in any writing.' }) number: string,
    @Ctx() ctx: HubContext,
  ): Promise<Customer[]> {
    return customersByPhone(ctx, number)
  }

  @FieldResolver(() => PhoneNumber, { nullable: true, description: 'The number to reach them at.' })
  async phone(@Root() customer: Customer, @Ctx() ctx: HubContext): Promise<PhoneNumber | null> {
    return (await phonesOf(ctx, customer.id))[0] ?? null
  }

  @FieldResolver(() => [PhoneNumber], { nullable: true, description: 'Further numbers of theirs; each finds them.' })
  async otherPhones(@Root() customer: Customer, @Ctx() ctx: HubContext): Promise<PhoneNumber[]> {
    return (await phonesOf(ctx, customer.id)).slice(1)
  }

  @FieldResolver(() => EmailAddress, { nullable: true, description: 'Their e-mail address.' })
  email(@Root() { emailMasked, emailCipher }: Customer): EmailAddress | null {
    return emailMasked === null ? null : new EmailAddress(emailMasked, emailCipher)
  }

  @FieldResolver(() => SensitiveText, { nullable: true, description: 'Where they live or work.' })
  address(@Root() { addressMasked, addressCipher }: Customer): SensitiveText | null {
    return addressMasked === null ? null : new SensitiveText(addressMasked, addressCipher)
  }

  @FieldResolver(() => JsonScalar, {
    nullable: true,
    description: 'Custom fields as declared; personal values in them masked.',
  })
  @Directive('@freeText')
  extra(
    @Root() customer: Customer,
    @Arg('keys', () => [String], { nullable: true, description: 'Only these fields.' }) keys: string[] | null,
  ): unknown {
    const entries = Object.entries(customer.extra).filter(([key]) => !keys || keys.includes(key))
    return Object.fromEntries(entries)
  }

  @FieldResolver(() => Agent, { nullable: true, description: 'Who cares for them; null in the pool (公海).' })
  owner(@Root() { ownerId, teamId }: Customer, @Ctx() ctx: HubContext): Agent | null {
    return ctx.reference('Agent', { id: ownerId, teamId })
  }

  @FieldResolver(() => Team, { nullable: true, description: 'The team of their owner.' })
  team(@Root() { teamId }: Customer, @Ctx() ctx: HubContext): Team | null {
    return ctx.reference('Team', { id: teamId, teamId })
  }

  @FieldResolver(() => [ExternalId], { nullable: true, description: 'What they are called in the connected systems.' })
  async externalIds(@Root() { id }: Customer, @Ctx() ctx: HubContext): Promise<ExternalId[]> {
    const loader = ctx.loader<string, ExternalId[]>(ExternalId, async ids => {
      const em = ctx.kernel.systemEm()
      const rows = await rowsOf<ExternalId>(em, ExternalId)
        .where(
          sql<SqlBool>`${column(em, ExternalId, 'customerId')} = any(${idList(em, ExternalId, 'customerId', ids)})`,
        )
        .execute()
      return ids.map(one => rows.filter(row => row.customerId === one))
    })
    return (await loader.load(id)) ?? []
  }

  @FieldResolver(() => FollowUpConnection, {
    nullable: true,
    description: 'What was and is to be done for them, newest first.',
  })
  followUps(
    @Root() customer: Customer,
    @Arg('first', () => Int, { nullable: true, defaultValue: 20, description: 'How many, 100 at most.' }) first:
      | number
      | null,
    @Arg('after', () => Cursor, { nullable: true, description: 'Cursor of the row to go on after.' }) after:
      | string
      | null,
    @Ctx() ctx: HubContext,
  ): Promise<Page<FollowUp>> {
    return childrenOf<FollowUp>(ctx, customer.id, {
      type: FollowUp,
      parent: 'customerId',
      order: FOLLOW_UPS_NEWEST,
      args: { first, after },
    })
  }

  @FieldResolver(() => DealConnection, { nullable: true, description: 'What they buy, newest first.' })
  deals(
    @Root() customer: Customer,
    @Arg('first', () => Int, { nullable: true, defaultValue: 20, description: 'How many, 100 at most.' }) first:
      | number
      | null,
    @Arg('after', () => Cursor, { nullable: true, description: 'Cursor of the row to go on after.' }) after:
      | string
      | null,
    @Ctx() ctx: HubContext,
  ): Promise<Page<Deal>> {
    return childrenOf<Deal>(ctx, customer.id, {
      type: Deal,
      parent: 'customerId',
      order: DEALS_NEWEST,
      args: { first, after },
    })
  }
}
