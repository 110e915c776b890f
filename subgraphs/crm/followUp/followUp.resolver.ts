import { type RawBuilder, type SqlBool, sql } from 'kysely'
import {
  Arg,
  Ctx,
  Field,
  FieldResolver,
  ID,
  InputType,
  Int,
  Mutation,
  ObjectType,
  Query,
  Resolver,
  Root,
} from 'type-graphql'
import type { HubContext } from '../../../kernel/context/index.js'
import { column, idList } from '../../../kernel/orm/index.js'
import { connectionOf, type Order, type Page, pageOf } from '../../../kernel/page/index.js'
import { Cursor, DateTime } from '../../../kernel/scalars.js'
import { Customer } from '../customer/customer.entity.js'
import { Agent, Call } from '../stubs.js'
import { callOf } from './callOf.js'
import { addFollowUp, completeFollowUp } from './changeFollowUp.js'
import { FollowUp } from './followUp.entity.js'
import { FollowUpInput } from './followUpInput.js'

export const { Connection: FollowUpConnection } = connectionOf(FollowUp)
export const FOLLOW_UPS_NEWEST: Order<FollowUp> = { name: 'followUp:created-', by: 'createdAt', direction: 'desc' }

@InputType({ description: 'Narrows a list of follow-ups; everything named must hold.' })
export class FollowUpFilter {
  @Field(() => Boolean, { nullable: true, description: 'Those the viewer wrote.' })
  mine?: boolean | null

  @Field(() => Boolean, { nullable: true, description: 'Those not done yet, or those done.' })
  open?: boolean | null

  @Field(() => DateTime, { nullable: true, description: 'Those due before this moment.' })
  dueBefore?: Date | null

  @Field(() => ID, { nullable: true, description: 'Those of this customer.' })
  customerId?: string | null
}

@ObjectType({ description: 'The follow-up after the change.' })
export class FollowUpPayload {
  @Field(() => FollowUp, { nullable: true, description: 'The follow-up as it stands now.' })
  followUp!: FollowUp | null
}

@Resolver(() => FollowUp)
export class FollowUpResolver {
  @Query(() => FollowUpConnection, { nullable: true, description: 'Follow-ups the viewer may see, newest first.' })
  followUps(
    @Arg('filter', () => FollowUpFilter, { nullable: true, description: 'Narrows the list.' })
    filter: FollowUpFilter | null,
    @Arg('first', () => Int, { nullable: true, defaultValue: 20, description: 'How many, 100 at most.' }) first:
      | number
      | null,
    @Arg('after', () => Cursor, { nullable: true, description: 'Cursor of the row to go on after.' }) after:
      | string
      | null,
    @Ctx() ctx: HubContext,
  ): Promise<Page<FollowUp>> {
    return pageOf(
      ctx,
      FollowUp,
      ctx.rows<FollowUp>(FollowUp).where(followUpCondition(ctx, filter)),
      FOLLOW_UPS_NEWEST,
      { first, after },
    )
  }

  @Mutation(() => FollowUpPayload, {
    nullable: true,
    description: 'Writes down what was, or is to be, done for a customer.',
  })
  async addFollowUp(
    @Arg('input', () => FollowUpInput, { description: 'The follow-up.' }) input: FollowUpInput,
    @Ctx() ctx: HubContext,
  ): Promise<FollowUpPayload> {
    return { followUp: await addFollowUp(ctx, input) }
  }

  @Mutation(() => FollowUpPayload, {
    nullable: true,
    description: 'Says that it is done. Saying so twice changes nothing.',
  })
  async completeFollowUp(
    @Arg('id', () => ID, { description: 'The follow-up.' }) id: string,
    @Ctx() ctx: HubContext,
  ): Promise<FollowUpPayload> {
    return { followUp: await completeFollowUp(ctx, id) }
  }

  @FieldResolver(() => Customer, { nullable: true, description: 'The customer it is for.' })
  customer(@Root() { customerId }: FollowUp, @Ctx() ctx: HubContext): Promise<Customer | null> {
    return ctx.byId<Customer>(Customer, customerId)
  }

  @FieldResolver(() => Agent, { nullable: true, description: 'Who wrote it.' })
  author(@Root() { authorId, teamId }: FollowUp, @Ctx() ctx: HubContext): Agent | null {
    return ctx.reference('Agent', { id: authorId, teamId })
  }

  @FieldResolver(() => Call, {
    nullable: true,
    description: 'The call it came from; null where the viewer may not see that call.',
  })
  async call(@Root() { callId }: FollowUp, @Ctx() ctx: HubContext): Promise<Call | null> {
    const call = callId === null ? null : await callOf(ctx, callId)
    return call && ctx.reference('Call', { ...call })
  }
}

function followUpCondition(ctx: HubContext, filter: FollowUpFilter | null): RawBuilder<SqlBool> {
  const col = (property: keyof FollowUp) => column(ctx.em, FollowUp, property)
  const { mine, open, dueBefore, customerId } = filter ?? {}
  const tests: RawBuilder<SqlBool>[] = [sql`true`]
  if (mine) tests.push(sql`${col('authorId')} = ${ctx.actor.id}`)
  if (typeof open === 'boolean') tests.push(open ? sql`${col('doneAt')} is null` : sql`${col('doneAt')} is not null`)
  if (dueBefore) tests.push(sql`${col('dueAt')} < ${dueBefore}`)
  if (customerId) tests.push(sql`${col('customerId')} = any(${idList(ctx.em, FollowUp, 'customerId', [customerId])})`)
  return sql<SqlBool>`(${sql.join(tests, sql` and `)})`
}
