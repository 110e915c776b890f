import { parse } from 'graphql'
import { openSubgraph } from '../../hub/subgraphs.js'
import { ChangeSubscriber } from '../../kernel/changes/index.js'
import { TestClock } from '../../kernel/clock.js'
import type { Config } from '../../kernel/config/index.js'
import { Actors, Kernel } from '../../kernel/context/index.js'
import { DataKeys, KeyRing } from '../../kernel/encryption/index.js'
import { Feed, FeedStore } from '../../kernel/feed/index.js'
import { createLog } from '../../kernel/log/index.js'
import * as orm from '../../kernel/orm/index.js'
import type { OwnerFollower, Ports } from '../../kernel/ports/index.js'
import { access, accessPorts, applyConfig } from '../../subgraphs/access/index.js'
import { atEnd } from '../kit/atEnd.js'
import { freshDatabase, type Template } from '../kit/database.js'
import { company } from './company.js'

export const people = company.people.map(({ id }) => id)
const key = (fill: number) => Buffer.alloc(32, fill).toString('base64')
export const issuer = 'https://issuer.example'

const template: Template = {
  name: 'access',
  prepare: async ({ ownerUrl, appUrl }) => {
    const appRole = decodeURIComponent(new URL(appUrl).username)
    await orm.migrate(ownerUrl, [...orm.kernelMigrations, ...access.migrations], ['hub', 'access'], appRole)
  },
}

/** Notes who was said to have moved: what the crm subgraph would move after them. */
class MovedOwners implements OwnerFollower {
  readonly told: { ownerId: string; teamId: string | null }[] = []

  async teamChanged(_change: unknown, ownerId: string, teamId: string | null): Promise<void> {
    this.told.push({ ownerId, teamId })
  }
}

/** The access subgraph alone, on a kernel and a database of its own, with the test company's people. It stops after the file's tests. */
export async function startAccess(config: Config = company) {
  const clock = new TestClock()
  const log = createLog({ level: 'silent', clock })
  const database = await freshDatabase(template)
  const db = await orm.createOrm({
    url: database.appUrl,
    entities: access.entities,
    subscribers: [new ChangeSubscriber()],
    poolSize: 4,
  })
  const systemEm = () => orm.viewAs(db.em.fork(), orm.systemViewer())
  const feed = new Feed({ store: new FeedStore(() => orm.hubTables(systemEm())), log })
  const owners = new MovedOwners()
  // The other ports belong to subgraphs that are not here; nothing of access asks them.
  const own: Partial<Ports> = { ...accessPorts(() => kernel), owners }
  const ports = own as Ports
  const actors = new Actors({ ...ports, ruleSets: access.rules, feed, clock, systemEm })
  const keys = KeyRing.parse(`1:${key(1)},index:${key(2)}`)
  const keyStore = new orm.PgDataKeyStore(database.appUrl, clock)
  const dataKeys = new DataKeys({ ring: keys, store: keyStore, capacity: 10 })
  const kernel = new Kernel({
    orm: db,
    clock,
    log,
    keys,
    dataKeys,
    feed,
    actors,
    ports,
    sinks: [],
    zone: 'Asia/Shanghai',
  })
  feed.start()
  await actors.start()
  await applyConfig(kernel, config, { issuer })
  const subgraph = await openSubgraph(access, kernel, log)

  atEnd(async () => {
    await subgraph.stop()
    await feed.stop()
    await db.close(true)
    await keyStore.close()
    await database.drop()
  })

  const ask = async (personId: string, query: string, variables: Record<string, unknown> = {}, lang = 'en') => {
    await feed.catchUp('access')
    return subgraph.execute({
      document: parse(query),
      query,
      variables,
      caller: { personId, via: 'POST', requestId: 'test', lang },
    })
  }
  return {
    kernel,
    clock,
    owners,
    ports,
    ask,
    /** The data; throws when there is any error. */
    data: async (...asked: Parameters<typeof ask>) => {
      const { data, errors } = await ask(...asked)
      if (errors) throw new Error(errors.map(({ message }) => message).join('\n'))
      return JSON.parse(JSON.stringify(data))
    },
    /** The codes of the errors, with their paths. */
    problems: async (...asked: Parameters<typeof ask>) => {
      const { errors = [] } = await ask(...asked)
      return errors.map(({ extensions, path }) => [extensions?.code, path?.join('.')].filter(Boolean).join(' '))
    },
  }
}
