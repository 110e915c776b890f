import { once } from 'node:events'
import { connect } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { FrameParser } from '../connectors/asterisk/frame.js'
import type { Config } from '../kernel/config/index.js'
import { AmiServer, frameOf } from '../test/kit/amiServer.js'
import { captured } from '../test/telephony/captures.js'
import { startBenchHub } from './lib/benchHub.js'
import { median } from './lib/measure.js'
import { report } from './lib/results.js'

const CALLS = 250
/** A commit for each row takes long enough with less. */
const FEW_CALLS = 20
/** As many as the hub stores in one commit. */
const BATCH = 500
const ROUNDS = 3

/**
 * Events per second through one connection of a manager interface, from the first byte until every call stands in the database as ended, against
 * what anybody must do at least: parse the same frames from a socket and insert a row for each, with commits of its own or shared.
 */
export async function run(): Promise<void> {
  const ami = await AmiServer.start()
  const { hub, stop } = await startBenchHub({}, config => withAsterisk(config, ami))
  const pool = new pg.Pool({ connectionString: String(hub.kernel.orm.config.get('clientUrl')), max: 2 })
  try {
    await ami.asked('QueueStatus')
    const rates = { alone: [] as number[], shared: [] as number[], hub: [] as number[] }
    const perCall = captured('ami-in-answered').length
    // The first round warms all up.
    for (let round = 0; round <= ROUNDS; round++) {
      const measured = {
        alone: await bareRate(pool, `alone-${round}`, FEW_CALLS, 1),
        shared: await bareRate(pool, `shared-${round}`, CALLS, BATCH),
        hub: await hubRate(ami, pool, round),
      }
      if (round === 0) continue
      for (const name of ['alone', 'shared', 'hub'] as const) rates[name].push(measured[name])
    }
    const [alone, shared, through] = [median(rates.alone), median(rates.shared), median(rates.hub)]
    const row = (name: string, rate: number) => [
      name,
      Math.round(rate),
      Math.round(rate / perCall),
      (rate / alone).toFixed(2),
      (rate / shared).toFixed(2),
    ]
    await report(
      {
        title: 'Events per second through AMI',
        about: `${CALLS} answered calls of ${perCall} events each, as captured, with ids, numbers and times of their own, sent at once over one connection; the median of ${ROUNDS} rounds. The hub reads all events; those that say something of a call are stored, encrypted, folded into it, matched, audited and told.`,
        header: ['', 'events per second', 'calls per second', 'against single commits', 'against shared ones'],
        rows: [
          row('parsed, and a row inserted and committed for each', alone),
          row(`parsed, and a row inserted for each, ${BATCH} in one commit`, shared),
          row('the hub, until all calls are ended', through),
        ],
      },
      new Date(),
    )
  } finally {
    await pool.end()
    await stop()
    await ami.stop()
  }
}

const withAsterisk = (config: Config, ami: AmiServer): Config => ({
  ...config,
  systems: [
    ...config.systems,
    {
      id: 'pbx1',
      name: 'Asterisk',
      kind: 'CALL',
      connector: 'asterisk',
      address: ami.address,
      secret: ami.secret,
      trunks: ['trunk-ct'],
      timeZone: null,
      budget: { perSecond: null, perDay: null },
      settings: { username: ami.username },
    },
  ],
})

/** The captured call so many times, each as if it were another one that begins now. */
function frames(round: number, calls = CALLS): Buffer {
  const events = captured('ami-in-answered').map(frameOf).join('')
  const began = Number(/Timestamp: (\d+)/.exec(events)![1])
  const shift = Math.floor(Date.now() / 1000) - began
  const call = (n: number) =>
    events
      .replaceAll(/pbx1-(\d+)\.(\d+)/g, (_, at, seq) => `pbx1-${at}.${Number(seq) + 1000 * n}`)
      .replaceAll('13812345678', `138${String(n).padStart(8, '0')}`)
      .replaceAll(/Timestamp: (\d+)/g, (_, at) => `Timestamp: ${Number(at) + shift}`)
  return Buffer.from(Array.from({ length: calls }, (_, i) => call(round * CALLS + i + 1)).join(''))
}

const eventsIn = (calls: number): number => calls * captured('ami-in-answered').length

async function hubRate(ami: AmiServer, pool: pg.Pool, round: number): Promise<number> {
  const bytes = frames(round)
  const ended = async () => {
    const { rows } = await pool.query(
      `select count(*) as n from call.call where system_id = 'pbx1' and status = 'ENDED'`,
    )
    return Number(rows[0].n)
  }
  const wanted = (round + 1) * CALLS
  const began = performance.now()
  ami.send(bytes)
  while ((await ended()) < wanted) await wait(20)
  return (eventsIn(CALLS) * 1000) / (performance.now() - began)
}

/** One connection reads, one inserts: the order stays. */
async function bareRate(pool: pg.Pool, run: string, calls: number, batch: number): Promise<number> {
  const server = await AmiServer.start()
  try {
    const socket = connect(server.port, '127.0.0.1')
    socket.write(`Action: Login\r\nActionID: 1\r\nUsername: ${server.username}\r\nSecret: ${server.secret}\r\n\r\n`)
    const waiting: Buffer[] = []
    let heard = () => {}
    const parser = new FrameParser(frame => {
      if ('Timestamp' in frame) waiting.push(Buffer.from(JSON.stringify(frame)))
    })
    socket.on('data', piece => {
      parser.push(piece as Buffer)
      heard()
    })
    await server.asked('Login')
    const bytes = frames(0, calls)
    const began = performance.now()
    server.send(bytes)
    for (let inserted = 0; inserted < eventsIn(calls); ) {
      while (waiting.length === 0) {
        await new Promise<void>(resolve => {
          heard = resolve
        })
      }
      const rows = waiting.splice(0, batch)
      await pool.query(INSERT, [rows.map((_, i) => `${run}-${inserted + i}`), new Date(), rows])
      inserted += rows.length
    }
    const rate = (eventsIn(calls) * 1000) / (performance.now() - began)
    socket.destroy()
    await once(socket, 'close')
    return rate
  } finally {
    await server.stop()
  }
}

const INSERT = `
  insert into sync.inbox (system_id, key, received_at, payload)
  select 'bench-ami', r.key, $2, r.payload from unnest($1::text[], $3::bytea[]) as r(key, payload)`
