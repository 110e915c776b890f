import 'reflect-metadata'
import { parseArgs } from 'node:util'
import { SingleBar } from 'cli-progress'
import { type OpenDatabase, openDatabase } from '../hub/openDatabase.js'
import { systemClock } from '../kernel/clock.js'
import { messageOf } from '../kernel/errors.js'
import { createLog } from '../kernel/log/index.js'
import { type BackfillDone, type BackfillOrder, backfillSystem } from './backfillSystem.js'
import { readSettings } from './readSettings.js'

const USAGE =
  'Usage: npm run backfill -- SYSTEM [--from 2026-11-01T00:00] [--to 2026-11-02T00:00] [--source FOLDER_OR_FILE]'

/** Reads what a phone system has on record of the past, also beside a running hub; may be run again and again. */
async function main(): Promise<number> {
  const order = orderOf(process.argv.slice(2))
  const { env, config } = await readSettings()
  const log = createLog({ level: 'error', clock: systemClock })
  const stop = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort())
  let database: OpenDatabase | undefined
  const bar = new SingleBar({ format: '{bar} {percentage} % | {records} records, {changed} new', hideCursor: true })
  try {
    const done = await backfillSystem(order, {
      env,
      config,
      clock: systemClock,
      log,
      database: async () => {
        database = await openDatabase(env, log, { share: true })
        bar.start(1, 0, { records: 0, changed: 0 })
        return database
      },
      signal: stop.signal,
      came: ({ progress, records, changed }) => bar.update(progress ?? 0, { records, changed }),
    })
    if (done.state === 'DONE') bar.update(1, { records: done.records, changed: done.changed })
    bar.stop()
    console.log(summary(done))
    return done.state === 'DONE' ? 0 : 1
  } finally {
    bar.stop()
    await database?.stop()
  }
}

function orderOf(args: string[]): BackfillOrder {
  try {
    const options = { from: { type: 'string' }, to: { type: 'string' }, source: { type: 'string' } } as const
    const { values, positionals } = parseArgs({ args, allowPositionals: true, options })
    if (positionals.length === 1) return { system: positionals[0]!, ...values }
  } catch {
    // An unknown option: the usage says what there is.
  }
  throw new Error(USAGE)
}

function summary({ state, about, span, records, changed, unreadable, reason, covered }: BackfillDone): string {
  const lines = [
    `Read ${about}, from ${span.from.toISOString()} to ${span.to.toISOString()}:`,
    `  ${records} records, ${changed} of them new, ${unreadable} unreadable.`,
  ]
  if (covered.closed > 0) lines.push(`  ${covered.closed} gaps are filled.`)
  if (covered.early > 0)
    lines.push(
      `  ${covered.early} gaps stay open: records of calls that were going on may still come. Run this again in ten minutes.`,
    )
  if (state === 'FAILED') lines.push(`It did not come to its end. ${reason}`, 'What it read is kept; run it again.')
  if (state === 'CUT_SHORT') lines.push('It was cut short. What it read is kept; run it again.')
  return lines.join('\n')
}

main().then(
  code => process.exit(code),
  error => {
    console.error(messageOf(error))
    process.exit(1)
  },
)
