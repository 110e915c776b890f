import pg from 'pg'
import { encrypt } from '../kernel/encryption/index.js'
import { startBenchHub } from './lib/benchHub.js'
import { race } from './lib/measure.js'
import { report } from './lib/results.js'

const CONCURRENCY = 32

/** Events stored per second, each acknowledged only after its commit, against equal bare one-row inserts. */
export async function run(): Promise<void> {
  const { hub, stop } = await startBenchHub()

  const pool = new pg.Pool({ connectionString: String(hub.kernel.orm.config.get('clientUrl')), max: CONCURRENCY })
  try {
    await hub.worker.stop()
    const payload = Buffer.from(
      JSON.stringify({ id: 'x', callId: 'c', type: 'call.ringing', at: new Date().toISOString(), from: '13800000000' }),
    )
    const { id, key } = await hub.kernel.dataKeys.keyOf('bench')
    const run = Date.now().toString(36)
    const rates = await race(
      [
        {
          name: 'bare one-row inserts',
          run: i =>
            pool.query(
              'insert into sync.inbox (system_id, key, received_at, payload) values ($1, $2, $3, $4) on conflict do nothing',
              ['bench-bare', `${run}-${i}`, new Date(), encrypt(key, id, payload)],
            ),
        },
        { name: 'the inbox', run: i => hub.inbox.store('bench-hub', [{ key: `${run}-${i}`, payload }], new Date()) },
      ],
      { concurrency: CONCURRENCY },
    )
    const [bare, inbox] = rates
    await report(
      {
        title: 'Events stored per second',
        about: `At concurrency ${CONCURRENCY}, each acknowledged only after its commit; both encrypt the payload and refuse repeats.`,
        header: ['', 'per second', 'ratio'],
        rows: [
          ['bare one-row inserts', Math.round(bare!.perSecond), '1'],
          ['the inbox (commits shared)', Math.round(inbox!.perSecond), (inbox!.perSecond / bare!.perSecond).toFixed(2)],
        ],
      },
      new Date(),
    )
  } finally {
    await pool.end()
    await stop()
  }
}
