import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { carrier, geocoder } from 'libphonenumber-geo-carrier'
import { parsePhoneNumberFromString } from 'libphonenumber-js'
import { asterisk } from '../connectors/asterisk/index.js'
import { freeswitch } from '../connectors/freeswitch/index.js'
import {
  type AttributionProvider,
  normalisePhone,
  offlineAttribution,
  readAttributionFile,
} from '../kernel/phone/index.js'
import type { CallFact, Connector, SystemSettings } from '../kernel/ports/index.js'
import { foldCall } from '../subgraphs/call/call/foldCall.js'
import { captured, pbx } from '../test/telephony/captures.js'
import { capturedEvents, capturedPosts, fs1, payloadOf } from '../test/telephony/freeswitchCaptures.js'
import { microseconds, type Short } from './lib/measure.js'
import { report } from './lib/results.js'

const NUMBER = '13812345678'

/** What it takes to make one call of what a phone system sent about it, and to tell where its number is from. */
export async function run(): Promise<void> {
  await folding()
  await attribution()
}

async function folding(): Promise<void> {
  const answered: [string, Connector, SystemSettings, Buffer[]][] = [
    ['Asterisk, events', asterisk, pbx(), captured('ami-in-answered').map(payloadOf)],
    ['FreeSWITCH, events', freeswitch, fs1(), capturedEvents('in-answered').map(payloadOf)],
    ['FreeSWITCH, records', freeswitch, fs1(), capturedPosts('in-answered').map(({ body }) => payloadOf(body))],
  ]
  const rows = []
  for (const [name, connector, system, payloads] of answered) {
    const facts = payloads.flatMap(payload => connector.normalise(system, payload))
    const taken = await microseconds([
      { name: 'parse', times: 50, run: () => payloads.map(payload => JSON.parse(payload.toString()) as unknown) },
      { name: 'read', times: 50, run: () => payloads.flatMap(payload => connector.normalise(system, payload)) },
      { name: 'fold', times: 500, run: () => foldCall(facts) },
      { name: 'fold each', times: 50, run: () => foldAsTheyCome(facts) },
    ])
    const of = (what: string) => Math.round(taken.get(what)!)
    const ratio = (taken.get('read')! / taken.get('parse')!).toFixed(2)
    rows.push([name, payloads.length, facts.length, of('parse'), of('read'), ratio, of('fold'), of('fold each')])
  }
  await report(
    {
      title: 'A call from what was sent about it',
      about:
        'One answered inbound call as it was captured. Parsing its payloads as JSON is the least that anybody must do; reading them includes it and ends in facts; folding makes the call of all facts, or anew after each one of them.',
      header: ['', 'payloads', 'facts', 'parse µs', 'read µs', 'read / parse', 'fold µs', 'fold after each µs'],
      rows,
    },
    new Date(),
  )
}

function foldAsTheyCome(facts: readonly CallFact[]): void {
  for (let known = 1; known <= facts.length; known++) foldCall(facts.slice(0, known))
}

/** Every mobile prefix there can be, and as many again that say the same: more than anybody's table has. */
async function fullTable(): Promise<{ table: AttributionProvider; seconds: number; lines: number }> {
  const folder = await mkdtemp(join(tmpdir(), 'hub-bench-'))
  try {
    const rows = Array.from({ length: 700_000 }, (_, i) => `${1_300_000 + i},广东,${CITIES[i % CITIES.length]},移动`)
    const all = [...rows, ...rows.slice(0, 300_000)]
    const file = join(folder, 'table.csv')
    await writeFile(file, all.join('\n'))
    const began = performance.now()
    const table = await readAttributionFile(file)
    return { table, seconds: (performance.now() - began) / 1000, lines: all.length }
  } finally {
    await rm(folder, { recursive: true })
  }
}

const CITIES = ['深圳', '广州', '佛山', '东莞']

async function attribution(): Promise<void> {
  const phone = normalisePhone(NUMBER)
  const { table, seconds, lines } = await fullTable()
  const parsed = parsePhoneNumberFromString(`+86${NUMBER}`)!
  const contestants: Short[] = [
    {
      name: 'the package the data come from',
      times: 3,
      run: async () => [await geocoder(parsed, 'zh'), await carrier(parsed, 'zh')],
    },
    { name: 'the table compiled from it', times: 10_000, run: () => offlineAttribution.attributionOf(phone) },
    {
      name: 'the same, the number read first',
      times: 10_000,
      run: () => offlineAttribution.attributionOf(normalisePhone(NUMBER)),
    },
    {
      name: "a table of the operator's own before it",
      times: 10_000,
      run: () => table.attributionOf(phone),
    },
  ]
  const taken = await microseconds(contestants, 5)
  const first = taken.get(contestants[0]!.name)!
  await report(
    {
      title: 'Where a number is from',
      about: 'Province, city and carrier of one mobile number.',
      header: ['', 'µs', 'times faster'],
      rows: contestants.map(({ name }) => {
        const micros = taken.get(name)!
        return [name, micros < 100 ? micros.toFixed(2) : Math.round(micros), Math.round(first / micros)]
      }),
      notes: [`A table of ${lines.toLocaleString('en')} lines is read and checked in ${seconds.toFixed(1)} s.`],
    },
    new Date(),
  )
}
