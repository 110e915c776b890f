import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { chmod, mkdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { finished } from 'node:stream/promises'
import pg from 'pg'
import { systemClock } from '../kernel/clock.js'
import { createLog } from '../kernel/log/index.js'
import { startPostgres } from '../kernel/postgres/index.js'
import { type BenchHub, startBenchHub } from './lib/benchHub.js'
import { median } from './lib/measure.js'
import { report } from './lib/results.js'

/** Rows of each list; IMPORT_ROWS=1000000 for the large one. */
const ROWS = Number(process.env.IMPORT_ROWS ?? 100_000)
const ROUNDS = Number(process.env.IMPORT_ROUNDS ?? 3)

interface Kind {
  type: 'customers' | 'calls'
  system: string
  header: string
  row(n: number): string
  /** Tables that rows of it go to, with what tells those of this list apart. */
  tables: { name: string; of: string }[]
}

const ids = `select customer_id from crm.external_id where system_id = 'sandbox-crm' and external_id like '{list}-%'`
const KINDS: Kind[] = [
  {
    type: 'customers',
    system: 'sandbox-crm',
    header: '客户编号,姓名,手机,公司,来源,标签,负责人,阶段,邮箱,创建时间',
    row: n =>
      `张${n % 1000}伟,${mobile(n)},某某贸易有限公司${n % 5000},展会,"VIP,老客户",agent-${n % 2 ? 'north' : 'south'}-${1 + (n % 2)},意向,c${n}@example.com,${time(n)}`,
    tables: [
      { name: 'hub.data_key', of: `subject_id in (select customer_id::text from (${ids}) as i)` },
      { name: 'crm.customer', of: `id in (${ids})` },
      { name: 'crm.customer_phone', of: `customer_id in (${ids})` },
      { name: 'crm.external_id', of: `system_id = 'sandbox-crm' and external_id like '{list}-%'` },
    ],
  },
  {
    type: 'calls',
    system: 'sandbox-pbx',
    header: '通话ID,呼叫类型,主叫,被叫,开始时间,振铃时长,通话时长,分机,队列,结果',
    // Three of five are calls with customers of the list before.
    row: n =>
      `呼入,${mobile(n % 5 < 3 ? n : n + 50_000_000)},4008001234,${time(n)},${n % 30},${n % 3 ? n % 300 : 0},100${1 + (n % 2)},sales,${n % 3 ? '接通' : '未接'}`,
    tables: [
      { name: 'hub.data_key', of: `created_at >= '{began}' and subject_id like 'number:%'` },
      { name: 'call.call', of: `system_id = 'sandbox-pbx' and external_id like '{list}-%'` },
    ],
  },
]

const mobile = (n: number): string => `1${30 + (Math.floor(n / 1e8) % 10)}${String(n % 1e8).padStart(8, '0')}`
const time = (n: number): string =>
  new Date(Date.UTC(2025, 0, 1) + (n % 31_000_000) * 1000).toISOString().slice(0, 19).replace('T', ' ')

/** Rows a second of `npm run import`, against COPY of the rows it made into empty copies of the same tables; and its peak memory. */
export async function run(): Promise<void> {
  const bench = await startBenchHub()
  try {
    const { superUrl, appUrl } = await startPostgres({
      dataDir: bench.dataDir,
      database: 'hub_sandbox',
      share: true,
      log: createLog({ level: 'error', clock: systemClock }),
    })
    const database = new pg.Client({
      connectionString: Object.assign(new URL(superUrl), { pathname: new URL(appUrl).pathname }).href,
    })
    await database.connect()
    try {
      const rows = []
      for (const kind of KINDS) rows.push(await measured(bench, database, kind))
      await report(
        {
          title: 'Import',
          about: `\`npm run import\` of ${ROWS} rows of CSV, encrypted, matched and audited, against COPY by the server of the rows it made (files on its disk) into empty copies of the same tables with the same indexes; ${ROUNDS} lists one after the other, medians.`,
          header: ['', 'rows/s', 'COPY rows/s', 'ratio', 'peak MB'],
          rows,
        },
        new Date(),
      )
    } finally {
      await database.end()
    }
  } finally {
    await bench.stop()
  }
}

async function measured({ dataDir }: BenchHub, database: pg.Client, kind: Kind): Promise<(string | number)[]> {
  const folder = join(dataDir, 'lists')
  await mkdir(folder, { recursive: true })
  // The server writes here too.
  await chmod(folder, 0o777)
  await emptyCopies(database, kind)
  const imported: number[] = []
  const copied: number[] = []
  const peaks: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const list = `r${round}`
    const file = join(folder, `${kind.type}-${list}.csv`)
    await writeList(file, kind, list, round * ROWS)
    const began = new Date()
    const { seconds, megabytes } = await importFile(dataDir, file, kind)
    await rm(file)
    const taken = await copyRows(database, folder, kind, list, began)
    imported.push(ROWS / seconds)
    copied.push(ROWS / taken)
    peaks.push(megabytes)
    console.log(
      `${kind.type} ${list}: ${Math.round(ROWS / seconds)}/s, COPY ${Math.round(ROWS / taken)}/s, ${megabytes.toFixed(0)} MB`,
    )
  }
  const ratio = median(imported.map((rate, i) => rate / copied[i]!))
  return [
    kind.type,
    Math.round(median(imported)),
    Math.round(median(copied)),
    ratio.toFixed(2),
    Math.max(...peaks).toFixed(0),
  ]
}

async function writeList(file: string, { header, row }: Kind, list: string, from: number): Promise<void> {
  const out = createWriteStream(file)
  out.write(`${header}\n`)
  for (let n = from; n < from + ROWS; n++) if (!out.write(`${list}-${n},${row(n)}\n`)) await once(out, 'drain')
  out.end()
  await finished(out)
}

/** The command itself, beside the running hub. */
async function importFile(
  dataDir: string,
  file: string,
  { type, system }: Kind,
): Promise<{ seconds: number; megabytes: number }> {
  const command = join(import.meta.dirname, '..', 'commands', 'import.js')
  const child = spawn(process.execPath, [command, file, '--system', system, '--type', type], {
    env: { ...process.env, HUB_DATA: dataDir, HUB_LANG: 'en', NODE_ENV: 'development' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const exited = once(child, 'exit')
  let peak = 0
  const watch = setInterval(async () => {
    const status = await readFile(`/proc/${child.pid}/status`, 'utf8').catch(() => '')
    peak = Math.max(peak, Number(/^VmHWM:\s+(\d+)/m.exec(status)?.[1] ?? 0))
  }, 100)
  const said = await text(child.stdout)
  const [code] = (await exited) as [number]
  clearInterval(watch)
  const seconds = Number(/rows read in ([\d.]+) s/.exec(said)?.[1])
  if (code !== 0 || !said.includes(`${ROWS} created`)) throw new Error(`The import came to ${code}:\n${said}`)
  return { seconds, megabytes: peak / 1024 }
}

/** With all indexes, checks and defaults. */
async function emptyCopies(database: pg.Client, { tables }: Kind): Promise<void> {
  await database.query('drop schema if exists copied cascade; create schema copied')
  for (const { name } of tables) await database.query(`create table copied.${bare(name)} (like ${name} including all)`)
  if (tables.some(({ name }) => name === 'crm.customer')) {
    for (const child of ['customer_phone', 'external_id'])
      await database.query(
        `alter table copied.${child} add foreign key (customer_id) references copied.customer (id) on delete cascade`,
      )
  }
}

async function copyRows(
  database: pg.Client,
  folder: string,
  { tables }: Kind,
  list: string,
  began: Date,
): Promise<number> {
  const fileOf = (name: string) => pg.escapeLiteral(join(folder, `${bare(name)}.copy`))
  for (const { name, of } of tables) {
    const rows = of.replaceAll('{list}', list).replaceAll('{began}', began.toISOString())
    await database.query(`copy (select * from ${name} where ${rows}) to ${fileOf(name)}`)
  }
  await database.query('checkpoint')
  const start = performance.now()
  await database.query('begin')
  for (const { name } of tables) await database.query(`copy copied.${bare(name)} from ${fileOf(name)}`)
  await database.query('commit')
  return (performance.now() - start) / 1000
}

const bare = (name: string): string => name.split('.')[1]!
