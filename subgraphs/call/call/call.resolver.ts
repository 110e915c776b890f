import type { GraphQLResolveInfo } from 'graphql'
import { sql } from 'kysely'
import {
  Arg,
  Ctx,
  Field,
  FieldResolver,
  ID,
  Info,
  Int,
  Mutation,
  ObjectType,
  Query,
  Resolver,
  Root,
} from 'type-graphql'
import type { HubContext } from '../../../kernel/context/index.js'
import { forbidden } from '../../../kernel/errors.js'
import { column } from '../../../kernel/orm/index.js'
import {
  childrenOf,
  connectionOf,
  firstOf,
  type Needs,
  type Order,
  type Page,
  pageOf,
  selectedFor,
} from '../../../kernel/page/index.js'
import { Cursor } from '../../../kernel/scalars.js'
import { PhoneKind, PhoneNumber } from '../../../kernel/sensitive/index.js'
import { agentState } from '../presence/agentState.js'
import { presenceOf } from '../presence/presenceOf.js'
import { Agent, Customer, System } from '../stubs.js'
import { Call } from './call.entity.js'
import { CallFeedback } from './callFeedback.js'
import { CallFilter, callCondition } from './callFilter.js'
import { CallLeg } from './callLeg.js'
import { AgentState } from './enums.js'
import { legsOf } from './legs.js'
import { linkCall } from './linkCall.js'

export const { Edge: CallEdge, Connection: CallConnection } = connectionOf(Call)
/** Columns behind the fields that are no columns themselves. */
const CALL_NEEDS: Needs<Call> = {
  system: ['systemId'],
  customer: ['customerId', 'ownerId', 'customerTeamId'],
  candidates: ['candidateIds'],
  customerPhone: ['systemId', 'phoneMasked', 'phoneCipher', 'phoneKind', 'phoneRegion', 'phoneCarrier'],
  agent: ['agentId', 'teamId'],
  feedback: ['feedback', 'said'],
  legs: ['systemId', 'legs', 'agentId', 'ownerId', 'teamId', 'customerId'],
}
const NEWEST: Order<Call> = { name: 'call:started', by: 'startedAt', direction: 'desc' }

@ObjectType({ description: 'The call after the change.' })
export class CallPayload {
  @Field(() => Call, { nullable: true, description: 'The call as it stands now.' })
  call!: Call | null
}

@Resolver(() => Call)
export class CallResolver {
  @Query(() => Call, {
    nullable: true,
    description: 'One call by id; null when there is none that the viewer may see.',
  })
  call(
    @Arg('id', () => ID, { description: 'The id of the call in the hub.' }) id: string,
    @Ctx() ctx: HubContext,
  ): Promise<Call | null> {
    return ctx.byId(Call, id)
  }

  @Query(() => CallConnection, { nullable: true, description: 'Calls the viewer may see, newest first.' })
  calls(
    @Arg('filter', () => CallFilter, { nullable: true, description: 'Narrows the list.' }) filter: CallFilter | null,
    @Arg('first', () => Int, { nullable: true, defaultValue: 20, description: 'How many, 100 at most.' }) first:
      | number
      | null,
    @Arg('after', () => Cursor, { nullable: true, description: 'Cursor of the row to go on after.' }) after:
      | string
      | null,
    @Ctx() ctx: HubContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Page<Call>> {
    const rows = ctx.rows<Call>(Call, { select: selectedFor<Call>(ctx, info, Call, CALL_NEEDS, NEWEST) })
    return pageOf(ctx, Call, rows.where(callCondition(ctx, filter)), NEWEST, { first, after })
  }

  @Mutation(() => CallPayload, {
    nullable: true,
    description:
      'Says which customer a call belongs to, where its number matches none or several. Stays until it is changed again.',
  })
  async linkCall(
    @Arg('callId', () => ID, { description: 'The call.' }) callId: string,
    @Arg('customerId', () => ID, { description: 'The customer, who must be one that the viewer may see.' })
    customerId: string,
    @Ctx() ctx: HubContext,
  ): Promise<CallPayload> {
    return { call: await linkCall(ctx, callId, customerId) }
  }

  @FieldResolver(() => System, { nullable: true, description: 'The phone system that carried it.' })
  system(@Root() call: Call, @Ctx() ctx: HubContext): System | null {
    return ctx.reference('System', { id: call.systemId })
  }

  @FieldResolver(() => Customer, { nullable: true, description: 'The customer on the other end, once known.' })
  customer(@Root() call: Call, @Ctx() ctx: HubContext): Customer | null {
    return ctx.reference('Customer', { id: call.customerId, ownerId: call.ownerId, teamId: call.customerTeamId })
  }

  @FieldResolver(() => [Customer], {
    nullable: 'itemsAndList',
    description:
      'More than one customer has this number and no one has chosen yet. Null entries: customers the viewer may not see.',
  })
  candidates(@Root() call: Call): { __typename: 'Customer'; id: string }[] | null {
    // Each is resolved by the crm subgraph, which shows it only to those who may see it.
    return call.candidateIds.length > 0 ? call.candidateIds.map(id => ({ __typename: 'Customer', id })) : null
  }

  @FieldResolver(() => PhoneNumber, {
    nullable: true,
    description: "The customer's number: caller of an inbound call, callee of an outbound one.",
  })
  customerPhone(@Root() call: Call): PhoneNumber | null {
    if (call.phoneMasked === null) return null
    return new PhoneNumber(call.phoneMasked, call.phoneCipher, {
      id: call.id,
      kind: call.phoneKind ?? PhoneKind.UNKNOWN,
      region: call.phoneRegion,
      carrier: call.phoneCarrier,
      source: call.systemId,
    })
  }

  @FieldResolver(() => Agent, { nullable: true, description: 'Who talked with the customer, or whom it rings at.' })
  agent(@Root() call: Call, @Ctx() ctx: HubContext): Agent | null {
    return ctx.reference('Agent', { id: call.agentId, teamId: call.teamId })
  }

  @FieldResolver(() => [CallFeedback], {
    nullable: true,
    description: 'What customer and agent said of it, in order of time.',
  })
  feedback(@Root() call: Call): CallFeedback[] {
    return [...call.feedback, ...call.said].sort((a, b) => Date.parse(a.at) - Date.parse(b.at))
  }

  @FieldResolver(() => [CallLeg], {
    nullable: true,
    description: 'Its channels in order of time: parties, queues, transfers.',
  })
  legs(@Root() call: Call): CallLeg[] {
    return legsOf(call)
  }
}

@Resolver(() => CallLeg)
export class CallLegResolver {
  @FieldResolver(() => Agent, { nullable: true, description: 'The person of the company on this leg.' })
  agent(@Root() leg: CallLeg, @Ctx() ctx: HubContext): Agent | null {
    return ctx.reference('Agent', { id: leg.legAgentId, teamId: leg.legTeamId })
  }
}

@Resolver(() => Customer)
export class CustomerCallsResolver {
  @FieldResolver(() => CallConnection, {
    nullable: true,
    description: 'Calls with this customer that the viewer may see, newest first.',
  })
  calls(
    @Root() customer: Customer,
    @Arg('first', () => Int, { nullable: true, defaultValue: 20, description: 'How many, 100 at most.' }) first:
      | number
      | null,
    @Arg('after', () => Cursor, { nullable: true, description: 'Cursor of the row to go on after.' }) after:
      | string
      | null,
    @Arg('filter', () => CallFilter, { nullable: true, description: 'Narrows the list.' }) filter: CallFilter | null,
    @Ctx() ctx: HubContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Page<Call>> {
    return childrenOf(ctx, customer.id, {
      type: Call,
      parent: 'customerId',
      order: NEWEST,
      select: selectedFor<Call>(ctx, info, Call, CALL_NEEDS, NEWEST),
      args: { first, after },
      ...narrowedBy(ctx, filter),
    })
  }

  @FieldResolver(() => Call, {
    nullable: true,
    description: 'The newest call with this customer that the viewer may see.',
  })
  async lastCall(@Root() customer: Customer, @Ctx() ctx: HubContext): Promise<Call | null> {
    const [call] = await firstOf<Call>(ctx, customer.id, { type: Call, parent: 'customerId', order: NEWEST }, 1)
    return call ?? null
  }
}

@Resolver(() => Agent)
export class AgentCallsResolver {
  @FieldResolver(() => CallConnection, {
    nullable: true,
    description: 'Calls this person handled that the viewer may see, newest first.',
  })
  calls(
    @Root() agent: Agent,
    @Arg('first', () => Int, { nullable: true, defaultValue: 20, description: 'How many, 100 at most.' }) first:
      | number
      | null,
    @Arg('after', () => Cursor, { nullable: true, description: 'Cursor of the row to go on after.' }) after:
      | string
      | null,
    @Arg('filter', () => CallFilter, { nullable: true, description: 'Narrows the list.' }) filter: CallFilter | null,
    @Ctx() ctx: HubContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Page<Call>> {
    return childrenOf(ctx, agent.id, {
      type: Call,
      parent: 'agentId',
      order: NEWEST,
      select: selectedFor<Call>(ctx, info, Call, CALL_NEEDS, NEWEST),
      args: { first, after },
      ...narrowedBy(ctx, filter),
    })
  }

  @FieldResolver(() => AgentState, {
    nullable: true,
    description:
      'What they are doing: ringing or talking as far as calls that the viewer may see show it, else what phone systems say of the phones they have now. For themselves, their supervisors, administrators and auditors: it tells when calls came to their end.',
  })
  async state(@Root() agent: Agent, @Ctx() ctx: HubContext): Promise<AgentState> {
    const loader = ctx.loader<string, AgentState>('agent state', async ids => {
      const live = await ctx
        .rows(Call, { select: ['id', 'agentId', 'status'] })
        .where(
          sql<boolean>`${column(ctx.em, Call, 'agentId')} = any(${[...ids]}) and ${column(ctx.em, Call, 'status')} <> 'ENDED'`,
        )
        .execute()
      const words = await presenceOf(ctx.kernel, ids, ctx.now)
      const teams = await ctx.kernel.ports.people.teamsOf(ctx.kernel.systemEm(), ids)
      const may = (id: string) => ctx.may('read', 'Agent', { id, teamId: teams.get(id) ?? null }, 'state')
      const statuses = (id: string) => live.filter(call => call.agentId === id).map(({ status }) => status)
      return ids.map(id => (may(id) ? agentState(statuses(id), words.get(id) ?? [], ctx.now) : null))
    })
    const state = await loader.load(agent.id)
    if (state === null) throw forbidden()
    return state
  }
}

const narrowedBy = (ctx: HubContext, filter: CallFilter | null) =>
  filter ? { where: callCondition(ctx, filter), key: JSON.stringify(filter) } : {}
