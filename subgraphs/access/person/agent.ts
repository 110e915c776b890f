import { type SqlBool, sql } from 'kysely'
import { Directive, Field, ID, ObjectType } from 'type-graphql'
import type { HubContext } from '../../../kernel/context/index.js'
import { column, idList } from '../../../kernel/orm/index.js'
import { Person } from './person.entity.js'

/** A person as the rest of the graph refers to them: the rows of Person under rules of their own. */
@ObjectType({ description: 'A person as calls and customers refer to them.' })
@Directive('@key(fields: "id")')
@Directive('@row')
export class Agent {
  @Field(() => ID, { description: 'Equal to the id of the Person.' })
  id!: string

  @Field(() => String, { nullable: true, description: 'Their name.' })
  name!: string

  teamId!: string | null
}

/** The rows of people as agents, by the rules of Agent. */
export const agentRows = (ctx: HubContext, by: readonly string[] = []) => ctx.rows(Person, { as: 'Agent', by })

/** One agent by id, batched; null where there is none that the viewer may see. */
export function agentById(ctx: HubContext, id: string | null): Promise<Agent | null> {
  if (id === null) return Promise.resolve(null)
  const loader = ctx.loader<string, Agent>(Agent, async ids => {
    const wanted = sql<SqlBool>`${column(ctx.em, Person, 'id')} = any(${idList(ctx.em, Person, 'id', ids)})`
    const found = await agentRows(ctx).where(wanted).execute()
    const byId = new Map(found.map(row => [row.id, row]))
    return ids.map(one => byId.get(one) ?? null)
  })
  return loader.load(id)
}
