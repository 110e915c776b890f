import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLocalJWKSet, jwtVerify } from 'jose'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { TestClock } from '../kernel/clock.js'
import { sandboxConfigPath } from './configPath.js'
import { openSandboxIssuer } from './issuer.js'
import { peopleIn } from './people.js'
import { type TokenCommandError, tokenFor, usage } from './tokenCommand.js'
import { ttlSeconds } from './ttl.js'

const clock = new TestClock()
let dataDir: string
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'issuer-'))
})
afterEach(() => rm(dataDir, { recursive: true, force: true }))

const open = () => openSandboxIssuer(dataDir, clock)

test('a token verifies by the public keys, and says who, by whom, for whom and until when', async () => {
  const issuer = await open()
  const token = await issuer.issueToken('agent-north-1', 3600)
  const { payload, protectedHeader } = await jwtVerify(token, createLocalJWKSet(issuer.jwks), {
    issuer: 'https://sandbox.invalid/',
    audience: 'hub',
    algorithms: ['ES256'],
    currentDate: clock.now(),
  })
  expect(payload.sub).toBe('agent-north-1')
  expect(payload.exp! - payload.iat!).toBe(3600)
  expect(payload.iat).toBe(clock.now().getTime() / 1000)
  expect(protectedHeader.kid).toBe(issuer.jwks.keys[0]!.kid)
})

test('the key set holds no private part', async () => {
  const { jwks } = await open()
  expect(Object.keys(jwks.keys[0]!).sort()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y'])
})

test('the key is made once, by whoever comes first, and only its owner can read it', async () => {
  const issuers = await Promise.all([open(), open(), open()])
  expect(new Set(issuers.map(({ jwks }) => jwks.keys[0]!.kid)).size).toBe(1)
  const path = join(dataDir, 'sandbox', 'issuer-key.json')
  expect((await stat(path)).mode & 0o777).toBe(0o600)
  const before = await readFile(path, 'utf8')
  await open()
  expect(await readFile(path, 'utf8')).toBe(before)
})

test('no token lives longer than twelve hours', async () => {
  const issuer = await open()
  expect(() => issuer.issueToken('admin', 12 * 3600 + 1)).toThrow('12 hours')
  expect(() => issuer.issueToken('admin', Number.NaN)).toThrow()
})

test('times are seconds, minutes or hours', () => {
  expect(['90s', '30m', '1h', '', '1', '1d', '-1h', '1.5h', 'h'].map(ttlSeconds)).toEqual([
    90,
    1800,
    3600,
    null,
    null,
    null,
    null,
    null,
    null,
  ])
})

test('the command gives a token for a person of the sandbox', async () => {
  const people = await peopleIn(sandboxConfigPath)
  expect(await tokenFor(['analyst', '--ttl', '5m'], people, open)).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/)
})

test('the command says what is wrong and who there is', async () => {
  const people = await peopleIn(sandboxConfigPath)
  const message = (...args: string[]) => tokenFor(args, people, open).catch((error: TokenCommandError) => error.message)
  expect(await message('nobody')).toContain('agent-south-2')
  expect(await message('admin', '--ttl', '13h')).toContain('12 hours')
  expect(await message('admin', '--ttl', 'soon')).toContain('90s')
  for (const args of [[], ['admin', 'auditor'], ['--who', 'admin']]) expect(await message(...args)).toBe(usage)
})
