import { type SqlBool, sql } from 'kysely'
import { Field, Float, Int, ObjectType } from 'type-graphql'
import type { HubContext } from '../../../kernel/context/index.js'
import { badInput } from '../../../kernel/errors.js'
import { column } from '../../../kernel/orm/index.js'
import { Call } from '../call/call.entity.js'
import { CallDirection } from '../call/enums.js'

@ObjectType({ description: 'How many calls belong to no customer (未关联率). Calls between colleagues do not count.' })
export class UnlinkedRate {
  @Field(() => Int, { description: 'Calls with the outside that the viewer may see.' })
  calls!: number

  @Field(() => Int, {
    description: 'Those of them whose number matches no customer, or several of whom none was chosen.',
  })
  unlinked!: number

  @Field(() => Float, { nullable: true, description: 'Unlinked of all, from 0 to 1; null where there was no call.' })
  rate!: number | null
}

const DAY_MS = 86_400_000
/** A quarter with its days of the zone. */
const MOST_DAYS = 93

/** A10. Of the rows that the viewer may read and of no others: an agent's rate is that of their own calls. */
export async function unlinkedRate(ctx: HubContext, from: Date, to: Date): Promise<UnlinkedRate> {
  if (to <= from) throw badInput('to', 'The end must be later than the beginning.')
  if (to.getTime() - from.getTime() > MOST_DAYS * DAY_MS) throw badInput('to', `Ask for ${MOST_DAYS} days at most.`)
  const col = (property: keyof Call) => column(ctx.em, Call, property)
  const counted = await ctx
    .rows<Call>(Call)
    .clearSelect()
    .select([
      sql<string>`count(*)`.as('calls'),
      sql<string>`count(*) filter (where ${col('customerId')} is null)`.as('unlinked'),
    ])
    .where(sql<SqlBool>`${col('startedAt')} >= ${from} and ${col('startedAt')} < ${to}`)
    .where(sql<SqlBool>`${col('direction')} <> ${CallDirection.INTERNAL}`)
    .executeTakeFirstOrThrow()
  const { calls, unlinked } = counted as unknown as Record<'calls' | 'unlinked', string>
  const [all, without] = [Number(calls), Number(unlinked)]
  return { calls: all, unlinked: without, rate: all === 0 ? null : without / all }
}
