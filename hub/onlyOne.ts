import { withClient } from '../kernel/postgres/withClient.js'

/** Does the work, unless another process does what goes by this key on the same database: then it throws `busy`. */
export const onlyOne = <T>(url: string, key: string, busy: Error, work: () => Promise<T>): Promise<T> =>
  withClient(url, async client => {
    const { rows } = await client.query<{ mine: boolean }>(
      'select pg_try_advisory_lock(hashtextextended($1, 0)) as mine',
      [`alone:${key}`],
    )
    if (!rows[0]!.mine) throw busy
    return work()
  })
