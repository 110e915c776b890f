import { type SqlBool, sql } from 'kysely'
import {
  Arg,
  Ctx,
  Field,
  FieldResolver,
  ID,
  Int,
  Mutation,
  ObjectType,
  Query,
  Resolver,
  Root,
  type SubscribeResolverData,
  Subscription,
} from 'type-graphql'
import { permits } from '../../../kernel/ability/index.js'
import type { HubContext } from '../../../kernel/context/index.js'
import { type LiveEvent, openLiveStream } from '../../../kernel/live/index.js'
import { column } from '../../../kernel/orm/index.js'
import { connectionOf, type Order, type Page, pageOf } from '../../../kernel/page/index.js'
import { Cursor, DateTime } from '../../../kernel/scalars.js'
import { Agent } from '../stubs.js'
import { System } from '../system/system.entity.js'
import { Alert } from './alert.entity.js'
import { ALERT_TOPIC } from './raiseAlert.js'

export const { Connection: AlertConnection } = connectionOf(Alert)
const NEWEST: Order<Alert> = { name: 'alert:opened', by: 'openedAt', direction: 'desc' }

@ObjectType({ description: 'The alert after the change.' })
export class AlertPayload {
  @Field(() => Alert, { nullable: true, description: 'The alert as it stands now.' })
  alert!: Alert | null
}

@ObjectType({ description: 'An alert that was raised or closed.' })
export class AlertEvent {
  @Field(() => Cursor, { description: 'Subscribe again after this cursor to go on without gap or repeat.' })
  cursor!: string

  @Field(() => DateTime, { description: 'When.' })
  at!: Date

  @Field(() => Alert, { nullable: true, description: 'The alert as it stands now; null where events were missed.' })
  alert!: Alert | null

  @Field(() => Int, {
    nullable: true,
    description: 'Events this subscriber missed because it was too slow; ask again after `cursor`.',
  })
  lagged!: number | null
}

@Resolver(() => Alert)
export class AlertResolver {
  @Query(() => AlertConnection, { nullable: true, description: 'Alerts of the viewer’s teams, newest first.' })
  alerts(
    @Arg('open', () => Boolean, {
      nullable: true,
      defaultValue: true,
      description: 'Only those whose cause is not gone.',
    })
    open: boolean | null,
    @Arg('first', () => Int, { nullable: true, defaultValue: 20, description: 'How many, 100 at most.' }) first:
      | number
      | null,
    @Arg('after', () => Cursor, { nullable: true, description: 'Cursor of the row to go on after.' }) after:
      | string
      | null,
    @Ctx() ctx: HubContext,
  ): Promise<Page<Alert>> {
    const rows = ctx.rows(Alert)
    const wanted = open ? rows.where(sql<SqlBool>`${column(ctx.em, Alert, 'closedAt')} is null`) : rows
    return pageOf(ctx, Alert, wanted, NEWEST, { first, after })
  }

  @Mutation(() => AlertPayload, { nullable: true, description: 'Says that somebody is looking at it.' })
  async acknowledgeAlert(
    @Arg('id', () => ID, { description: 'The alert.' }) id: string,
    @Ctx() ctx: HubContext,
  ): Promise<AlertPayload> {
    await ctx.change(async change => {
      const alert = await ctx.open(Alert, id, 'update', { fields: ['acknowledgedBy'], em: change.em })
      alert.acknowledgedById = ctx.actor.id
      change.emit(ALERT_TOPIC, { alertId: alert.id })
    })
    return { alert: await ctx.byId(Alert, id) }
  }

  @Subscription(() => AlertEvent, {
    nullable: true,
    description:
      'Alerts of the viewer’s teams as they are raised and closed. With `after`, everything since that event first.',
    subscribe: ({ args, context }: SubscribeResolverData<unknown, { after?: string | null }, HubContext>) =>
      followAlerts(context, args.after),
  })
  alertRaised(
    @Root() { cursor, at, subject, lagged }: LiveEvent<Alert>,
    // Read by `subscribe`; it stands here so that the schema has it.
    @Arg('after', () => Cursor, { nullable: true, description: 'Cursor of the last event one has.' }) _after:
      | string
      | null,
  ): AlertEvent {
    return { cursor, at, alert: subject, lagged }
  }

  @FieldResolver(() => System, { nullable: true, description: 'The system it is about.' })
  system(@Root() alert: Alert, @Ctx() ctx: HubContext): Promise<System | null> {
    return ctx.byId(System, alert.systemId)
  }

  @FieldResolver(() => Agent, { nullable: true, description: 'Who is looking at it.' })
  acknowledgedBy(@Root() alert: Alert, @Ctx() ctx: HubContext): Agent | null {
    return ctx.reference('Agent', { id: alert.acknowledgedById, teamId: alert.teamId })
  }
}

const followAlerts = (ctx: HubContext, after: string | null | undefined) =>
  openLiveStream<Alert>(
    ctx,
    {
      topic: ALERT_TOPIC,
      load: event => ctx.kernel.systemEm().findOne(Alert, { id: String(event.data.alertId) }),
      tells: (alert, ability) => permits(ability, 'read', 'Alert', alert),
    },
    after,
  )
