import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { examine, type Finding } from '../../commands/examine.js'
import { type Clock, systemClock, TestClock } from '../../kernel/clock.js'
import { certificate, certificateKey } from '../federation/splitCertificate.js'
import { AmiServer } from '../kit/amiServer.js'
import { lineConnector } from '../kit/lineConnector.js'
import { openFolder } from './program/folder.js'

let ami: AmiServer
let opened: Awaited<ReturnType<typeof openFolder>>
let folder: string
let environment: Record<string, string>

beforeAll(async () => {
  ami = await AmiServer.start()
  opened = await openFolder()
  folder = opened.path
  const HUB_CONFIG = join(folder, 'hub.yaml')
  await writeFile(
    HUB_CONFIG,
    `teams: []
people: []
queues: []
systems:
  - { id: pbx, name: 总机, kind: call, connector: asterisk, address: "${ami.address}", secret: "\${PBX_SECRET}", settings: { username: hub } }
  - { id: events, name: 事件, kind: call, connector: hub-events, secret: "\${PBX_SECRET}" }
`,
  )
  environment = { HUB_CONFIG, HUB_DATA: join(folder, 'data'), HUB_SANDBOX: 'off', PORT: '0', PBX_SECRET: ami.secret }
})
afterAll(async () => {
  await ami.stop()
  await opened[Symbol.asyncDispose]()
})

async function findings(more: Record<string, string> = {}, clock: Clock = systemClock): Promise<Finding[]> {
  const all: Finding[] = []
  for await (const finding of examine({ ...environment, ...more }, clock)) all.push(finding)
  return all
}
const wrong = (all: Finding[]) => Object.fromEntries(all.flatMap(one => (one.wrong ? [[one.what, one.wrong]] : [])))

test('a hub before its first start lacks its tables, and nothing else', async () => {
  const all = await findings()
  expect(wrong(all)).toEqual({ tables: expect.stringContaining('npm run migrate') })
  expect(all).toContainEqual({ what: 'system "pbx"', found: expect.stringMatching(/^logged in at 127\.0\.0\.1:\d+$/) })
  expect(all).toContainEqual({ what: 'system "events"', found: 'it calls the hub' })
})

test('the sandbox is in order although it does not run yet', async () => {
  const all = await findings({ HUB_CONFIG: '', HUB_SANDBOX: 'on' })
  expect(Object.keys(wrong(all))).toEqual(['tables'])
  expect(all).toContainEqual({ what: 'system "sandbox-pbx"', found: 'the sandbox, which the hub starts itself' })
})

test('a system that refuses the secret is named, and the secret is not', async () => {
  const all = await findings({ PBX_SECRET: 'not the secret' })
  expect(wrong(all)['system "pbx"']).toMatch(/it refused the login; check username and secret/)
  expect(JSON.stringify(all)).not.toContain('not the secret')
})

test('records of past calls are named where they can be read, and what to do where not', async () => {
  const file = join(folder, 'records.ndjson')
  const HUB_CONFIG = join(folder, 'lines.yaml')
  const system = (id: string, settings: string) =>
    `  - { id: ${id}, name: 总机, kind: call, connector: lines, settings: ${settings} }`
  await writeFile(
    HUB_CONFIG,
    `systems:\n${system('a', `{ backfill: { file: "${file}" } }`)}\n${system('b', '{ port: 1 }')}\n`,
  )
  const records = async () => {
    const all: Finding[] = []
    for await (const finding of examine({ ...environment, HUB_CONFIG }, systemClock, [lineConnector(systemClock)]))
      if (finding.what.startsWith('records')) all.push(finding)
    return all
  }
  const none = { what: 'records of "b"', found: expect.stringContaining('docs/gaps.md') }
  expect(await records()).toEqual([
    { what: 'records of "a"', wrong: `the file ${file} could not be read. It is not there.` },
    none,
  ])
  await writeFile(file, '')
  expect(await records()).toEqual([{ what: 'records of "a"', found: `the file ${file}` }, none])
})

test('a certificate that ran out, or is about to, is named with its day', async () => {
  const TLS_CERT = join(folder, 'cert.pem')
  const TLS_KEY = join(folder, 'key.pem')
  await writeFile(TLS_CERT, certificate)
  await writeFile(TLS_KEY, certificateKey)
  const at = async (time: string) => wrong(await findings({ TLS_CERT, TLS_KEY }, new TestClock(time))).certificate
  expect(await at('2120-01-02T00:00:00Z')).toMatch(/^TLS_CERT ran out on 2120-01-01: .* Renew it/)
  expect(await at('2119-12-20T00:00:00Z')).toMatch(/^TLS_CERT runs out on 2120-01-01/)
  expect(await at('2119-11-20T00:00:00Z')).toBeUndefined()
})

test('a table of prefixes that cannot be used is named with its lines', async () => {
  const HUB_ATTRIBUTION = join(folder, 'prefixes.csv')
  await writeFile(HUB_ATTRIBUTION, '199,江苏,南京,\n19,江苏,,\n')
  expect(wrong(await findings({ HUB_ATTRIBUTION }))['table of prefixes']).toMatch(/line 2: its prefix must be 3 to 7/)
})

test('settings that do not fit end the look with all reasons', async () => {
  expect(wrong(await findings({ PORT: 'many' }))).toEqual({
    'settings and configuration': expect.stringContaining('PORT'),
  })
})
