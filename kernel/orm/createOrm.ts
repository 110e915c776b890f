import { defineConfig, type EntityClass, MikroORM, type Options } from '@mikro-orm/postgresql'
import { PoolClient } from '../postgres/index.js'
import { readable } from './readable.js'
import { VIEWER } from './viewer.js'

export type Orm = MikroORM

export interface OrmSettings {
  url: string
  entities: EntityClass<object>[]
  subscribers?: Options['subscribers']
  poolSize?: number
}

/** Connects as the application's role. Schemas are made by migrations, which the owner's role runs. */
export async function createOrm({ url, entities, subscribers = [], poolSize = 20 }: OrmSettings): Promise<Orm> {
  const orm = await MikroORM.init(
    defineConfig({
      clientUrl: url,
      // The ORM ignores sslmode, sslrootcert and the like in the URL: pg reads it all.
      driverOptions: { connectionString: url, Client: PoolClient },
      entities: entities as never[],
      subscribers,
      filters: { [VIEWER]: readable },
      // Joining every hidden reference just to null it costs a join per relation; references are checked where they are returned.
      autoJoinRefsForFilters: false,
      forceUtcTimezone: true,
      pool: { min: 0, max: poolSize },
      debug: false,
    }),
  )
  return orm as Orm
}
