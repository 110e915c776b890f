import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { HubContext } from '../context/hubContext.js'
import { sealCursor } from '../encryption/index.js'
import { column, type EntityType, idList, type Rows } from '../orm/index.js'
import { inOrder, type Order, Page, type PageArgs, pageOf, pageSize, placeOf } from './page.js'

export interface Children<T> {
  type: EntityType<T & object>
  /** Property of the child that holds the parent's id. */
  parent: keyof T & string
  order: Order<T>
  args: PageArgs
  /** Properties to select; all by default. Must hold what rules, order and parent need. */
  select?: readonly (keyof T & string)[]
  /** Narrows the children; columns stand under the alias `r`. */
  where?: RawBuilder<SqlBool>
  /** Tells apart lists of the same children narrowed differently, such as the filter's JSON. Needed with `where`. */
  key?: string
}

/**
 * The children of one parent, a page of them. First pages of all parents of a request become one query with a limit per parent, which the
 * ORM does not have; a page after a cursor is a query of its own.
 */
export async function childrenOf<T extends { id: string }>(
  ctx: HubContext,
  parentId: string,
  list: Children<T>,
): Promise<Page<T>> {
  const { type, parent, order, args } = list
  const own = () => narrowed(ctx, list).where(sql<SqlBool>`${column(ctx.em, type, parent)} = ${parentId}`)
  if (args.after) return pageOf(ctx, type as EntityType<T>, own(), order, args)
  const size = pageSize(args)
  const found = size === 0 ? [] : await firstOf(ctx, parentId, list, size + 1)
  return new Page({
    nodes: found.slice(0, size),
    hasNextPage: found.length > size,
    hasPreviousPage: false,
    cursorOf: node => sealCursor(ctx.kernel.keys, placeOf(node, order)),
    count: async () => (await pageOf(ctx, type as EntityType<T>, own(), order, { first: 0 })).totalCount,
  })
}

/** The first few children of one parent, batched with those of the request's other parents. */
export async function firstOf<T extends { id: string }>(
  ctx: HubContext,
  parentId: string,
  list: Omit<Children<T>, 'args'>,
  limit: number,
): Promise<T[]> {
  const key = [list.type.name, list.parent, list.order.name, limit, list.key, list.select?.join()].join(' ')
  const loader = ctx.loader<string, T[]>(key, ids => firstPerParent(ctx, ids, list, limit))
  return (await loader.load(parentId)) ?? []
}

const narrowed = <T extends object>(
  ctx: HubContext,
  { type, parent, where, select }: Omit<Children<T>, 'args' | 'order'>,
): Rows<T> => {
  const rows = ctx.rows<T>(type as EntityType<T>, { select: select && [...new Set([...select, parent])] })
  return where ? rows.where(where) : rows
}

async function firstPerParent<T extends { id: string }>(
  ctx: HubContext,
  ids: readonly string[],
  list: Omit<Children<T>, 'args'>,
  limit: number,
): Promise<T[][]> {
  const { type, parent, order } = list
  const child = inOrder(ctx, type, narrowed(ctx, list), order)
    .where(sql<SqlBool>`${column(ctx.em, type, parent)} = p.id`)
    .limit(limit)
  const { rows } = await sql<T>`
    select c.* from unnest(${idList(ctx.em, type, parent, ids)}) as p(id) cross join lateral (${child}) as c`.execute(
    ctx.em.getKysely<unknown>(),
  )
  const byParent = new Map<string, T[]>(ids.map(id => [id, []]))
  for (const row of rows) byParent.get(row[parent] as string)?.push(row)
  return ids.map(id => byParent.get(id)!)
}
