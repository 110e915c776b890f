import { PgBoss } from 'pg-boss'
import type { Log } from '../log/index.js'
import { PoolClient } from '../postgres/index.js'

const SCHEMA = 'jobs'

/** Work that is due by the clock on the wall, once for all processes together. */
export interface Job {
  name: string
  /** Five fields, in the zone of the hub. */
  cron: string
  run(): Promise<void>
}

/** Makes the job tables, as the database's owner; the application's role may not. */
export async function prepareJobs(ownerUrl: string): Promise<void> {
  const boss = new PgBoss({ connectionString: ownerUrl, schema: SCHEMA, max: 2, schedule: false, supervise: false })
  await boss.start()
  await boss.stop({ graceful: false })
}

/** Runs jobs when they are due. A run that was missed while the hub was down is caught up once by the next one. */
export class Jobs {
  readonly #boss: PgBoss

  constructor(
    url: string,
    private readonly zone: string,
    private readonly log: Log,
    private readonly jobs: readonly Job[],
  ) {
    const connection = { connectionString: url, Client: PoolClient }
    this.#boss = new PgBoss({
      ...connection,
      schema: SCHEMA,
      max: 2,
      migrate: false,
      createSchema: false,
      reindex: false,
    })
    this.#boss.on('error', error => this.log.error({ err: error }, 'the job queue has a problem'))
  }

  async start(): Promise<void> {
    await this.#boss.start()
    for (const { name, cron, run } of this.jobs) {
      await this.#boss.createQueue(name, { policy: 'singleton', retryLimit: 3, retryBackoff: true })
      await this.#boss.schedule(name, cron, null, { tz: this.zone })
      await this.#boss.work(name, () => run())
    }
  }

  /** Runs one now, here, and waits for it. */
  async runNow(name: string): Promise<void> {
    const job = this.jobs.find(one => one.name === name)
    if (!job) throw new Error(`There is no job "${name}".`)
    await job.run()
  }

  async stop(): Promise<void> {
    await this.#boss.stop({ graceful: true, timeout: 5000 })
  }
}
