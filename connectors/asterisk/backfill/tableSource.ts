import pg from 'pg'
import { cannotRead } from '../../common/cannotRead.js'
import { type Layout, named } from './columns.js'
import type { Read, Row, RowSource } from './row.js'

const BATCH = 500
const CONNECT_MS = 10_000
const QUERY_MS = 60_000
const DAY_MS = 24 * 3_600_000

export interface Table {
  database: string
  /** `cdr`, or `asterisk.cdr`. */
  table: string
  /** The table's own name of a column, by the hub's. */
  columns?: Readonly<Record<string, string>>
}

/**
 * Rows of a table that cdr_pgsql or cel_pgsql writes, by a cursor in a transaction that only reads. Which zone the times are in is known later;
 * so a day more is read at both ends.
 */
export function tableSource({ database, table, columns }: Table, layout: Layout): RowSource {
  const about = `the table ${table} of the database at ${hostOf(database)}`
  return {
    about,
    async *rows(span, signal) {
      const client = clientOf(database)
      const leave = () => void client.end().catch(() => undefined)
      client.on('error', () => undefined)
      signal.addEventListener('abort', leave, { once: true })
      try {
        await client.connect()
        yield* rowsIn(client, table, columns ?? {}, layout, span)
      } catch (error) {
        signal.throwIfAborted()
        throw failure(about, error)
      } finally {
        signal.removeEventListener('abort', leave)
        await client.end().catch(() => undefined)
      }
    },
  }
}

const clientOf = (database: string): pg.Client =>
  new pg.Client({
    connectionString: database,
    application_name: 'hub back-fill',
    connectionTimeoutMillis: CONNECT_MS,
    query_timeout: QUERY_MS,
    // As text, as they stand in files.
    types: { getTypeParser: () => (text: string) => text } as unknown as pg.CustomTypesConfig,
  })

async function* rowsIn(
  client: pg.Client,
  table: string,
  columns: Readonly<Record<string, string>>,
  layout: Layout,
  { from, to }: { from: Date; to: Date },
): AsyncGenerator<Read> {
  const name = table.split('.').map(pg.escapeIdentifier).join('.')
  await client.query("begin transaction read only; set local timezone = 'UTC'")
  const { fields } = await client.query(`select * from ${name} limit 0`)
  const own = fields.map(field => field.name)
  const names = namesOf(own, columns, layout)
  const time = own.find((_, i) => layout.times.includes(names[i]!) || layout.times.includes(own[i]!))
  const missing = layout.needed.filter(one => !names.includes(one))
  if (time === undefined || missing.length > 0)
    throw new WrongTable(`has no column ${missing[0] ?? layout.times.join(' or ')}; name it in columns`)
  const column = pg.escapeIdentifier(time)
  const ends = [new Date(from.getTime() - DAY_MS), new Date(to.getTime() + DAY_MS)].map(inUtc)
  await client.query(
    `declare hub_rows no scroll cursor for select * from ${name} where ${column} >= $1 and ${column} < $2`,
    ends,
  )
  for (;;) {
    const { rows } = await client.query<(string | null)[]>({
      text: `fetch ${BATCH} from hub_rows`,
      rowMode: 'array',
    })
    for (const values of rows) yield { row: rowOf(names, values, layout), share: 0 }
    if (rows.length < BATCH) return
  }
}

function namesOf(own: readonly string[], columns: Readonly<Record<string, string>>, layout: Layout): string[] {
  const chosen = new Map(Object.entries(columns).map(([ours, theirs]) => [theirs, ours]))
  const known = named(own, layout)
  return own.map((name, i) => chosen.get(name) ?? known[i]!)
}

function rowOf(names: readonly string[], values: readonly (string | null)[], { needed }: Layout): Row | null {
  const row: Row = {}
  for (const [i, name] of names.entries()) if (values[i]) row[name] = values[i]
  return needed.every(name => row[name] !== undefined) ? row : null
}

/** Without a zone, so that columns with and without one take it. */
const inUtc = (date: Date): string => date.toISOString().slice(0, -1).replace('T', ' ')

const hostOf = (database: string): string => URL.parse(database)?.host || 'this machine'

class WrongTable extends Error {}

const REASONS: Record<string, string> = {
  '28P01': 'it refused the account; check its name and password',
  '28000': 'it refused the account',
  '3D000': 'there is no such database',
  '42P01': 'there is no such table',
  '42501': 'the account may not read it',
  ECONNREFUSED: 'nothing listens at its address',
  ENOTFOUND: 'the name of its host is not known',
}

/** The driver's own message may quote a value. */
function failure(about: string, error: unknown): Error {
  const { code, message } = error as { code?: string; message?: string }
  const reason =
    error instanceof WrongTable ? message : (REASONS[code ?? ''] ?? `it failed (${code ?? 'the connection broke'})`)
  return cannotRead(`${capital(about)} cannot be read: ${reason}.`)
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
