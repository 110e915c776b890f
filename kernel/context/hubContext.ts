import type { EntityManager, FilterQuery } from '@mikro-orm/postgresql'
import DataLoader from 'dataloader'
import { type SqlBool, sql } from 'kysely'
import { type Ability, type Action, type Actor, fieldsPermitted, permits, rowCondition } from '../ability/index.js'
import type { AuditRecord } from '../audit/auditRecord.js'
import type { Change } from '../changes/index.js'
import { conflict, forbidden, notFound, unauthenticated } from '../errors.js'
import { column, type EntityType, idList, type Rows, type RowsOptions, rowsOf, viewAs } from '../orm/index.js'
import { remember } from '../remember.js'
import type { Caller } from '../subgraph/types.js'
import { isText } from '../text.js'
import type { Kernel } from './kernel.js'
import { Reveals } from './reveals.js'

/** All that a resolver needs: who asks, what they may do, and ways to read and write that cannot forget it. One per operation or event. */
export class HubContext {
  readonly em: EntityManager
  readonly reveals: Reveals
  readonly #loaders = new Map<unknown, DataLoader<never, unknown>>()
  readonly #readable = new Map<string, (row: object) => ReadonlySet<string>>()
  readonly #masked = new Map<string, (row: object) => ReadonlySet<string>>()
  #last: { row: object; type: string; fields: ReadonlySet<string> } | undefined
  readonly #accesses: AuditRecord[] = []

  constructor(
    readonly kernel: Kernel,
    readonly caller: Caller,
    readonly actor: Actor,
    readonly ability: Ability,
  ) {
    this.em = viewAs(kernel.orm.em.fork(), { actor, ability, requestId: caller.requestId, systemId: null })
    this.reveals = new Reveals(this)
  }

  /** The context of a caller; throws UNAUTHENTICATED when the person is gone or suspended. */
  static async of(kernel: Kernel, caller: Caller | null): Promise<HubContext> {
    const known = caller && (await kernel.actors.abilityOf(caller.personId))
    if (!known) throw unauthenticated()
    return new HubContext(kernel, caller, known.actor, known.ability)
  }

  get now(): Date {
    return this.kernel.clock.now()
  }

  /** A query over the rows of a type that the viewer may read. */
  rows<T extends object>(type: EntityType<T>, options?: RowsOptions<T>): Rows<T> {
    return rowsOf(this.em, type, options)
  }

  /** One row by id, batched with the others of the request; null where there is none that the viewer may see. */
  byId<T extends { id: string }>(type: EntityType<T>, id: string | null): Promise<T | null> {
    if (id === null) return Promise.resolve(null)
    const loader = this.loader<string, T>(type, async ids => {
      const wanted = sql<SqlBool>`${column(this.em, type, 'id')} = any(${idList(this.em, type, 'id', ids)})`
      const found = await this.rows(type).where(wanted).execute()
      const byId = new Map(found.map(row => [row.id, row]))
      return ids.map(one => byId.get(one) ?? null)
    })
    return loader.load(id)
  }

  /** The row as it stands after a change; null where the change took it out of the viewer's sight. */
  reread<T extends { id: string }>(type: EntityType<T>, id: string): Promise<T | null> {
    this.#loaders.delete(type)
    return this.byId(type, id)
  }

  /** Whether the viewer may do this with this row. */
  may(action: Action, type: EntityType | string, row: object, field?: string): boolean {
    return permits(this.ability, action, typeof type === 'string' ? type : type.name, row, field)
  }

  /** Whether there is any row at all on which the viewer may do this with these fields; for arguments that filter or sort by them. */
  mayAtAll(action: Action, type: EntityType | string, ...fields: string[]): boolean {
    return rowCondition(this.ability, action, typeof type === 'string' ? type : type.name, fields).length > 0
  }

  /** Fields of this row the viewer may read. It is asked for every field of every row, one row after the other. */
  readableFields(type: string, row: object): ReadonlySet<string> {
    if (this.#last?.row === row && this.#last.type === type) return this.#last.fields
    const fieldsOf = remember(this.#readable, type, () => fieldsPermitted(this.ability, 'read', type))
    const fields = fieldsOf(row)
    this.#last = { row, type, fields }
    return fields
  }

  /** Fields of this row that the viewer may read in their masked form. */
  maskedFields(type: string, row: object): ReadonlySet<string> {
    return remember(this.#masked, type, () => fieldsPermitted(this.ability, 'readMasked', type))(row)
  }

  /**
   * Loads a row to change it and authorises that at once. NOT_FOUND where the viewer may not see it, FORBIDDEN where they may see but not
   * do this, CONFLICT where `version` is no longer the row's.
   */
  async open<T extends { id: string }>(
    type: EntityType<T>,
    id: string,
    action: Action,
    { fields = [], version, em = this.em }: { fields?: readonly string[]; version?: number; em?: EntityManager } = {},
  ): Promise<T> {
    // The ORM writes ids into its statements, where a NUL would cost the connection.
    const row = isText(id) ? await em.findOne(type as never, { id } as FilterQuery<never>) : null
    if (!row) throw notFound(type.name.toLowerCase())
    const allowed =
      fields.length === 0 ? this.may(action, type, row) : fields.every(field => this.may(action, type, row, field))
    if (!allowed) throw forbidden()
    if (version !== undefined && (row as { version?: number }).version !== version)
      throw conflict(type.name.toLowerCase())
    return row as T
  }

  /** The one way to change rows in a request: one transaction with its audit entries and events. */
  change<T>(work: (change: Change) => Promise<T>): Promise<T> {
    return this.kernel.transact(this.em, work)
  }

  /** For what the hub does in this person's name, who was authorised for it before: every row counts, and the audit names the person. */
  actingEm(): EntityManager {
    const { actor, caller } = this
    return viewAs(this.kernel.orm.em.fork(), { actor, ability: 'system', requestId: caller.requestId, systemId: null })
  }

  /** One batching loader per key and request: `ctx.loader(Agent, ids => …)`. */
  loader<K, V>(key: unknown, batch: (keys: readonly K[]) => Promise<(V | null)[]>): DataLoader<K, V | null> {
    const loader = remember(this.#loaders, key, () => new DataLoader<never, unknown>(batch as never))
    return loader as unknown as DataLoader<K, V | null>
  }

  /** A reference to a row of another subgraph, given only where the row rule of its type lets the viewer see it. */
  reference<T extends string>(
    __typename: T,
    row: { id: string | null; [column: string]: unknown },
  ): { __typename: T; id: string } | null {
    return row.id !== null && this.may('read', __typename, row) ? { __typename, id: row.id } : null
  }

  /** Notes a reading for the audit; written when the operation ends. */
  accessed(record: Omit<AuditRecord, 'kind'>): void {
    this.#accesses.push({ kind: 'ACCESS', ...record })
  }

  /** Writes what was noted. Called once the operation has been executed and before it is answered. */
  async finish(): Promise<void> {
    const records = this.#accesses.splice(0)
    if (records.length > 0) {
      await this.kernel.transact(this.em.fork(), async change => {
        for (const record of records) change.record(record)
      })
    }
  }
}
