import { type SqlBool, sql } from 'kysely'
import type { HubContext } from '../context/hubContext.js'
import { openCursor, sealCursor } from '../encryption/index.js'
import { badInput } from '../errors.js'
import { column, type EntityType, type Rows } from '../orm/index.js'
import { COUNT_CAP, type PageInfo } from './connection.js'

export const MAX_PAGE = 100

export interface PageArgs {
  first?: number | null
  after?: string | null
}

/** What a list is sorted by: one column that is never null, then the id. The viewer must be allowed to read the column. */
export interface Order<T> {
  /** Stands in the cursor: a cursor of another order is refused. */
  name: string
  by: keyof T & string
  direction: 'asc' | 'desc'
}

interface Place {
  o: string
  v: string | number
  t: 'date' | 'plain'
  id: string
}

interface PageParts<T> {
  nodes: T[]
  hasNextPage: boolean
  hasPreviousPage: boolean
  cursorOf(node: T): string
  count(): Promise<number>
}

/** One page of a list. Cursors are sealed and totals counted only when asked for. */
export class Page<T extends object> {
  readonly nodes: T[]
  readonly pageInfo: PageInfo
  readonly #parts: PageParts<T>
  #total: Promise<number> | undefined

  constructor(parts: PageParts<T>) {
    this.#parts = parts
    const { nodes, hasNextPage, hasPreviousPage, cursorOf } = parts
    const sealed = (node: T | undefined) => (node ? cursorOf(node) : null)
    this.nodes = nodes
    this.pageInfo = {
      hasNextPage,
      hasPreviousPage,
      get startCursor() {
        return sealed(nodes[0])
      },
      get endCursor() {
        return sealed(nodes.at(-1))
      },
    }
  }

  get edges(): { cursor: string; node: T }[] {
    const { nodes, cursorOf } = this.#parts
    return nodes.map(node => ({
      node,
      get cursor() {
        return cursorOf(node)
      },
    }))
  }

  get totalCount(): Promise<number> {
    return this.#counted().then(total => Math.min(total, COUNT_CAP))
  }

  get totalIsCapped(): Promise<boolean> {
    return this.#counted().then(total => total > COUNT_CAP)
  }

  #counted(): Promise<number> {
    this.#total ??= this.#parts.count()
    return this.#total
  }
}

/** How many rows `first` asks for; throws BAD_USER_INPUT beyond 0 … 100. */
export function pageSize({ first }: PageArgs, fallback = 20): number {
  const size = first ?? fallback
  if (!Number.isInteger(size) || size < 0 || size > MAX_PAGE)
    throw badInput('first', `Ask for 0 to ${MAX_PAGE} rows at a time.`)
  return size
}

/**
 * Pages through rows by key: the cursor holds the last row's sort value and id, encrypted, so that a page is as quick at the end of a
 * list as at its start and shows nothing of the value.
 */
export async function pageOf<T extends { id: string }>(
  ctx: HubContext,
  type: EntityType<T>,
  rows: Rows<T>,
  order: Order<T>,
  args: PageArgs,
): Promise<Page<T>> {
  const size = pageSize(args)
  const sorted = inOrder(ctx, type, rows, order)
  const query = args.after ? sorted.where(beyond(ctx, type, order, args.after)) : sorted
  const found = size === 0 ? [] : await query.limit(size + 1).execute()
  return new Page({
    nodes: found.slice(0, size),
    hasNextPage: found.length > size,
    hasPreviousPage: Boolean(args.after),
    cursorOf: node => sealCursor(ctx.kernel.keys, placeOf(node, order)),
    count: () => countRows(ctx, rows),
  })
}

export function inOrder<T>(ctx: HubContext, type: EntityType, rows: Rows<T>, { by, direction }: Order<T>): Rows<T> {
  return rows.orderBy(column(ctx.em, type, by), direction).orderBy(column(ctx.em, type, 'id'), direction)
}

/** Counts to the cap and one more, so that a huge list costs no full scan. */
async function countRows<T>(ctx: HubContext, rows: Rows<T>): Promise<number> {
  const capped = rows
    .clearSelect()
    .select(sql`1`.as('one'))
    .limit(COUNT_CAP + 1)
  const { rows: counted } = await sql<{ n: string }>`select count(*) as n from (${capped}) c`.execute(
    ctx.em.getKysely<unknown>(),
  )
  return Number(counted[0]!.n)
}

export function placeOf<T extends { id: string }>(node: T, order: Order<T>): Place {
  const value: unknown = node[order.by]
  const date = value instanceof Date
  return {
    o: order.name,
    v: date ? value.getTime() : (value as string | number),
    t: date ? 'date' : 'plain',
    id: node.id,
  }
}

function beyond<T>(ctx: HubContext, type: EntityType, order: Order<T>, cursor: string) {
  const { o, v, t, id } = openCursor<Place>(ctx.kernel.keys, cursor)
  if (o !== order.name) throw badInput('after', 'This cursor belongs to another list or order. Start without a cursor.')
  const key = sql`(${column(ctx.em, type, order.by)}, ${column(ctx.em, type, 'id')})`
  const value = t === 'date' ? new Date(v) : v
  return order.direction === 'asc' ? sql<SqlBool>`${key} > (${value}, ${id})` : sql<SqlBool>`${key} < (${value}, ${id})`
}
