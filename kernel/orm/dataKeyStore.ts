import { Pool } from 'pg'
import type { Clock } from '../clock.js'
import type { DataKeyStore, NewKey } from '../encryption/index.js'
import { PoolClient } from '../postgres/index.js'

/**
 * Wrapped data keys in `hub.data_key`. It has connections of its own: a transaction that needs a key must not wait for a connection that
 * another such transaction holds.
 */
export class PgDataKeyStore implements DataKeyStore {
  readonly #pool: Pool

  constructor(
    url: string,
    private readonly clock: Clock,
  ) {
    this.#pool = new Pool({ connectionString: url, max: 3, Client: PoolClient })
    // A connection lost at rest is replaced by the next one that is needed.
    this.#pool.on('error', () => undefined)
  }

  async find(ids: string[]): Promise<Map<string, Buffer>> {
    const { rows } = await this.#pool.query<{ id: string; wrapped: Buffer }>(
      'select id, wrapped from hub.data_key where id = any($1::uuid[])',
      [ids],
    )
    return new Map(rows.map(row => [row.id, row.wrapped]))
  }

  async findBySubject(subjectIds: string[]): Promise<Map<string, { id: string; wrapped: Buffer }>> {
    const { rows } = await this.#pool.query<{ subject_id: string; id: string; wrapped: Buffer }>(
      'select subject_id, id, wrapped from hub.data_key where subject_id = any($1::text[])',
      [subjectIds],
    )
    return new Map(rows.map(row => [row.subject_id, { id: row.id, wrapped: row.wrapped }]))
  }

  async insert(keys: readonly NewKey[]): Promise<string[]> {
    const { rows } = await this.#pool.query<{ subject_id: string }>(
      `insert into hub.data_key (id, subject_id, wrapped, created_at)
       select k.id, k.subject_id, k.wrapped, $4 from unnest($1::uuid[], $2::text[], $3::bytea[]) as k(id, subject_id, wrapped)
       on conflict (subject_id) do nothing returning subject_id`,
      [
        keys.map(({ id }) => id),
        keys.map(({ subjectId }) => subjectId),
        keys.map(({ wrapped }) => wrapped),
        this.clock.now(),
      ],
    )
    return rows.map(row => row.subject_id)
  }

  close(): Promise<void> {
    return this.#pool.end()
  }
}
