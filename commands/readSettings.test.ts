import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { messageOf } from '../kernel/errors.js'
import { readSettings } from './readSettings.js'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hub-settings-'))
})
afterAll(() => rm(folder, { recursive: true }))

const asterisk = (id: string, address: string) =>
  `  - { id: ${id}, name: ${id}, kind: call, connector: asterisk, address: "${address}", secret: x, settings: { username: hub } }`

async function configOf(...systems: string[]): Promise<string> {
  const path = join(folder, `${systems.length}.yaml`)
  await writeFile(path, `teams: []\npeople: []\nqueues: []\nsystems:\n${systems.join('\n')}\n`)
  return path
}

const problemsOf = (environment: Record<string, string>) => readSettings(environment).then(() => '', messageOf)

test('without any settings the sandbox company is there', async () => {
  const { env, config } = await readSettings({})
  expect(env.production).toBe(false)
  expect(config.systems.map(({ id }) => id)).toEqual(['sandbox-pbx', 'sandbox-crm'])
})

test('C1: production names everything that is unsafe at once, systems that are reached in the clear too', async () => {
  const HUB_CONFIG = await configOf(
    asterisk('far', 'tcp://pbx.example:5038'),
    asterisk('near', 'tcp://127.0.0.1:5038'),
    asterisk('sealed', 'tls://pbx.example:5039'),
  )
  const problems = await problemsOf({ NODE_ENV: 'production', HUB_CONFIG })
  for (const reason of ['HUB_KEYS', 'JWKS_URL', 'TLS_CERT', 'system "far": is reached without TLS'])
    expect(problems).toContain(reason)
  expect(problems).not.toMatch(/near|sealed/)
  expect(await problemsOf({ HUB_CONFIG })).toBe('')
})

test('settings and systems that do not fit are told together', async () => {
  const HUB_CONFIG = await configOf('  - { id: pbx, name: PBX, kind: call, connector: astersik }')
  const problems = await problemsOf({ PORT: 'many', HUB_CONFIG })
  expect(problems).toContain('PORT')
  expect(problems).toContain('names the connector "astersik"')
})
