import { withClient } from '../kernel/postgres/withClient.js'

/** Waits until no other process does what goes by this key on the same database, then does it. */
export const oneAtATime = <T>(url: string, key: string, work: () => Promise<T>): Promise<T> =>
  withClient(url, async client => {
    await client.query('select pg_advisory_lock(hashtextextended($1, 0))', [`alone:${key}`])
    return work()
  })
