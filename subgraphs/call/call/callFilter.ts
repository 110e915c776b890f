import { type RawBuilder, type SqlBool, sql } from 'kysely'
import { Field, ID, InputType } from 'type-graphql'
import type { HubContext } from '../../../kernel/context/index.js'
import { column, idList } from '../../../kernel/orm/index.js'
import { DateTime } from '../../../kernel/scalars.js'
import { Call } from './call.entity.js'
import { CallDirection, CallOutcome, CallStatus } from './enums.js'

@InputType({ description: 'Narrows a list of calls; everything named must hold.' })
export class CallFilter {
  @Field(() => ID, { nullable: true, description: 'Calls of this customer.' })
  customerId?: string | null

  @Field(() => ID, { nullable: true, description: 'Calls this person handled.' })
  agentId?: string | null

  @Field(() => ID, { nullable: true, description: 'Calls of this team, as it was at the time of the call.' })
  teamId?: string | null

  @Field(() => CallDirection, { nullable: true, description: 'Who called whom.' })
  direction?: CallDirection | null

  @Field(() => [CallOutcome], { nullable: true, description: 'Calls that ended in one of these ways.' })
  outcome?: CallOutcome[] | null

  @Field(() => [CallStatus], { nullable: true, description: 'Calls that stand in one of these states now.' })
  status?: CallStatus[] | null

  @Field(() => DateTime, { nullable: true, description: 'Calls that began at this moment or later.' })
  from?: Date | null

  @Field(() => DateTime, { nullable: true, description: 'Calls that began before this moment.' })
  to?: Date | null

  @Field(() => Boolean, { nullable: true, description: 'Inbound calls nobody answered and nobody called back.' })
  needsCallback?: boolean | null

  @Field(() => Boolean, { nullable: true, description: 'Calls whose number matches no customer (未关联通话).' })
  unlinked?: boolean | null
}

/** The filter as SQL over the alias `r`. None of these columns is restricted for anyone who may read calls. */
export function callCondition(ctx: HubContext, filter: CallFilter | null | undefined): RawBuilder<SqlBool> {
  const col = (property: keyof Call) => column(ctx.em, Call, property)
  const tests: RawBuilder<SqlBool>[] = [sql<SqlBool>`true`]
  if (!filter) return tests[0]!
  if (filter.customerId)
    tests.push(sql`${col('customerId')} = any(${idList(ctx.em, Call, 'customerId', [filter.customerId])})`)
  if (filter.agentId) tests.push(sql`${col('agentId')} = ${filter.agentId}`)
  if (filter.teamId) tests.push(sql`${col('teamId')} = ${filter.teamId}`)
  if (filter.direction) tests.push(sql`${col('direction')} = ${filter.direction}`)
  if (filter.outcome) tests.push(sql`${col('outcome')} = any(${filter.outcome})`)
  if (filter.status) tests.push(sql`${col('status')} = any(${filter.status})`)
  if (filter.from) tests.push(sql`${col('startedAt')} >= ${filter.from}`)
  if (filter.to) tests.push(sql`${col('startedAt')} < ${filter.to}`)
  if (typeof filter.needsCallback === 'boolean') tests.push(sql`${col('needsCallback')} = ${filter.needsCallback}`)
  if (typeof filter.unlinked === 'boolean') {
    const unlinked = sql<SqlBool>`(${col('customerId')} is null and ${col('direction')} <> 'INTERNAL')`
    tests.push(filter.unlinked ? unlinked : sql`not ${unlinked}`)
  }
  return sql<SqlBool>`(${sql.join(tests, sql` and `)})`
}

/** Whether one call fits the filter, for events. */
export function callFits(call: Call, filter: CallFilter | null | undefined): boolean {
  if (!filter) return true
  const unlinked = call.customerId === null && call.direction !== CallDirection.INTERNAL
  // A row read by SQL, as events bring it, has its times as text, which compares with no Date.
  const startedAt = new Date(call.startedAt)
  return (
    (!filter.customerId || call.customerId === filter.customerId) &&
    (!filter.agentId || call.agentId === filter.agentId) &&
    (!filter.teamId || call.teamId === filter.teamId) &&
    (!filter.direction || call.direction === filter.direction) &&
    (!filter.outcome || (call.outcome !== null && filter.outcome.includes(call.outcome))) &&
    (!filter.status || filter.status.includes(call.status)) &&
    (!filter.from || startedAt >= filter.from) &&
    (!filter.to || startedAt < filter.to) &&
    (typeof filter.needsCallback !== 'boolean' || call.needsCallback === filter.needsCallback) &&
    (typeof filter.unlinked !== 'boolean' || unlinked === filter.unlinked)
  )
}
