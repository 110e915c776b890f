import fc from 'fast-check'
import { expect, test } from 'vitest'
import { KeyRing } from '../encryption/index.js'
import { parts, subgraphNames } from './env.js'
import { EnvError, readEnv } from './readEnv.js'
import { sandboxKeys } from './sandboxDefaults.js'
import { settings } from './settings.js'

const key = (letter: string) => Buffer.alloc(32, letter).toString('base64')
const database = { DATABASE_URL: 'postgresql://a:b@db/hub', DATABASE_OWNER_URL: 'postgresql://o:p@db/hub' }
const production = {
  NODE_ENV: 'production',
  HUB_CONFIG: 'hub.yaml',
  HUB_KEYS: `k1:${key('a')},index:${key('b')}`,
  JWKS_URL: 'https://id.example.com/jwks',
  JWT_ISSUER: 'https://id.example.com/',
  TLS_CERT: 'cert.pem',
  TLS_KEY: 'key.pem',
}

function problemsOf(environment: Record<string, string>): string[] {
  try {
    readEnv(environment, '/tmp')
    return []
  } catch (error) {
    expect(error).toBeInstanceOf(EnvError)
    return [...(error as EnvError).problems]
  }
}

test('with no setting at all everything runs, on the sandbox, for this machine only', () => {
  expect(readEnv({}, '/tmp')).toMatchObject({
    production: false,
    port: 4000,
    host: '127.0.0.1',
    configPath: null,
    run: new Set(parts),
    sandbox: 'on',
    dataDir: '/tmp/.data',
    databaseUrl: null,
    databaseName: 'hub_sandbox',
    biPort: null,
    jwksUrl: null,
    jwtAudience: 'hub',
    corsOrigins: [],
    zone: 'Asia/Shanghai',
    lang: 'zh-CN',
    logLevel: 'info',
    subgraphListen: null,
  })
})

test('PORT may be left to the system', () => {
  expect(readEnv({ PORT: '0' }).port).toBe(0)
})

test('an empty setting counts as not set', () => {
  const empty = Object.fromEntries(Object.keys(settings).map(name => [name, ' ']))
  expect(readEnv(empty, '/tmp')).toEqual(readEnv({}, '/tmp'))
})

test("one's own configuration leaves the sandbox out, and begins with an empty database", () => {
  expect(readEnv({ HUB_CONFIG: 'hub.yaml' })).toMatchObject({ sandbox: 'off', databaseName: 'hub' })
  expect(readEnv({ HUB_CONFIG: 'hub.yaml' }).run.has('sandbox')).toBe(false)
  expect(readEnv({ HUB_CONFIG: 'hub.yaml', HUB_SANDBOX: 'quiet' })).toMatchObject({ sandbox: 'quiet' })
})

test('the sandbox left out of HUB_RUN is off', () => {
  expect(readEnv({ ...database, HUB_RUN: 'gateway, crm,call,sync,access,worker' }).sandbox).toBe('off')
})

test('production with everything set starts', () => {
  expect(problemsOf(production)).toEqual([])
  expect(readEnv(production)).toMatchObject({ production: true, sandbox: 'off' })
})

test('bare production names every reason at once', () => {
  const problems = problemsOf({ NODE_ENV: 'production' }).join('\n')
  for (const reason of ['HUB_CONFIG', 'HUB_SANDBOX=off', 'HUB_KEYS', 'JWKS_URL', 'JWT_ISSUER', 'TLS_CERT'])
    expect(problems).toContain(reason)
})

test.each([
  ['keys of the sandbox among others', { HUB_KEYS: `k1:${key('a')},${sandboxKeys}` }, /HUB_KEYS.*sandbox/],
  ['a key set by http', { JWKS_URL: 'http://id.example.com/jwks' }, /JWKS_URL is http/],
  ['the sandbox', { HUB_SANDBOX: 'quiet' }, /sandbox would run/],
  ['no TLS', { TLS_CERT: '', TLS_KEY: '' }, /TLS_CERT and TLS_KEY/],
  ['http origins', { CORS_ORIGINS: 'http://desk.example.com' }, /CORS_ORIGINS.*https/],
])('production refuses %s', (_, change, reason) => {
  const problems = problemsOf({ ...production, ...change })
  expect(problems).toHaveLength(1)
  expect(problems[0]).toMatch(reason)
})

test.each([
  [{ NODE_ENV: 'prod' }, /NODE_ENV must be spelt "production"/],
  [{ PORT: 'http' }, /^PORT must be a port/],
  [{ PORT: '65536' }, /^PORT must be a port: a whole number from 0 to 65535/],
  [{ PORT: '4000.5' }, /^PORT must be a port/],
  [{ BI_PORT: '0' }, /^BI_PORT must be a port: a whole number from 1/],
  [{ HUB_RUN: 'gateway,cmr' }, /HUB_RUN knows no part "cmr". Did you mean "crm"\?$/],
  [{ HUB_RUN: ',' }, /HUB_RUN names no part/],
  [{ HUB_SANDBOX: 'yes' }, /HUB_SANDBOX must be on, off or quiet/],
  [{ DATABASE_URL: 'mysql://x' }, /DATABASE_URL must be a URL that begins with postgresql:/],
  [{ HUB_ZONE: 'Shanghai' }, /HUB_ZONE must be a time zone/],
  [{ HUB_ZONE: '+08:00' }, /HUB_ZONE must be a time zone/],
  [{ HUB_LANG: 'Chinese please' }, /HUB_LANG must be a language/],
  [{ CORS_ORIGINS: '*' }, /CORS_ORIGINS must be origins/],
  [{ CORS_ORIGINS: 'https://a.example.com/desk' }, /CORS_ORIGINS must be origins/],
  [{ LOG_LEVEL: 'loud' }, /LOG_LEVEL must be one of/],
  [{ HUB_KEYS: 'k1:short' }, /HUB_KEYS/],
  [{ HUB_SANBOX: 'off' }, /HUB_SANBOX is no setting of the hub. Did you mean "HUB_SANDBOX"\?/],
  [{ DATABASE_URL: database.DATABASE_URL }, /DATABASE_OWNER_URL/],
  [{ DATABASE_OWNER_URL: database.DATABASE_OWNER_URL }, /set both/],
  [{ ...database, DATABASE_OWNER_URL: database.DATABASE_URL }, /are the same/],
  [{ ...database, BI_PORT: '5439' }, /BI_PORT opens the embedded/],
  [{ BI_PORT: '4000' }, /PORT and BI_PORT are both 4000/],
  [{ HUB_SUBGRAPH_PORT_BASE: '3998' }, /PORT and HUB_SUBGRAPH_PORT_BASE \(sync\) are both 4000/],
  [{ HUB_RUN: 'gateway,crm' }, /HUB_RUN leaves parts to other processes.*DATABASE_URL/],
  [{ ...database, HUB_RUN: 'gateway,sandbox', HUB_SANDBOX: 'off' }, /HUB_RUN names the sandbox/],
  [{ TLS_CERT: 'cert.pem' }, /belong together/],
  [{ JWKS_URL: 'https://id.example.com/jwks' }, /without JWT_ISSUER/],
  [{ JWT_ISSUER: 'https://id.example.com/' }, /without JWKS_URL/],
])('%j is refused with what to do', (environment, reason) => {
  const problems = problemsOf(environment as Record<string, string>)
  expect(problems.some(problem => reason.test(problem))).toBe(true)
})

test('every misshapen setting is named at once', () => {
  expect(problemsOf({ PORT: 'x', HUB_ZONE: 'x', CORS_ORIGINS: 'x' })).toHaveLength(3)
})

test('names that a configuration uses for its secrets are not taken for settings', () => {
  expect(problemsOf({ HUB_PBX_SECRET: 'a', HUB_ERP_URL: 'b', LOG_DIR: 'c', HUB_CRM_KEY: 'd' })).toEqual([])
})

test('no value of a secret setting stands in any message', () => {
  const secret = fc.stringMatching(/^[A-Za-z0-9]{12,40}$/)
  fc.assert(
    fc.property(secret, value => {
      const messages = [
        problemsOf({ HUB_KEYS: `k1:${value}` }),
        problemsOf({ HUB_KEYS: value, NODE_ENV: 'production' }),
        problemsOf({ DATABASE_URL: `mysql://user:${value}@db/hub`, DATABASE_OWNER_URL: value, NATS_URL: value }),
        problemsOf({ DATABASE_URL: `postgresql://user:${value}@db/hub` }),
      ]
      expect(messages.flat().join()).not.toContain(value)
    }),
  )
})

test('a process without a gateway lets its subgraphs listen, a gateway elsewhere finds them there', () => {
  const behind = readEnv({ ...database, HUB_RUN: 'crm,call', HUB_SUBGRAPH_HOST: '0.0.0.0' })
  expect(behind.subgraphListen).toEqual({ host: '0.0.0.0', ports: { crm: 4010, call: 4011, sync: 4012, access: 4013 } })
  const gateway = readEnv({ ...database, HUB_RUN: 'gateway', HUB_CALL_URL: 'http://calls:9000' })
  expect(gateway.subgraphListen).toBeNull()
  expect(gateway.subgraphUrls).toEqual({
    crm: 'http://127.0.0.1:4010',
    call: 'http://calls:9000',
    sync: 'http://127.0.0.1:4012',
    access: 'http://127.0.0.1:4013',
  })
})

test('beside a gateway subgraphs listen only when asked to', () => {
  expect(readEnv({ HUB_SUBGRAPH_PORT_BASE: '4100' }).subgraphListen?.ports.access).toBe(4103)
  expect(subgraphNames).toHaveLength(4)
})

test("the sandbox's keys are a key ring", () => {
  expect(KeyRing.parse(sandboxKeys).active.id).toBe('sandbox')
})

test('every setting is documented', () => {
  for (const { doc } of Object.values(settings)) expect(doc).toMatch(/\.$/)
})

test('production takes no way to another machine that others can listen in on', () => {
  const safe = 'sslmode=verify-full'
  expect(problemsOf({ ...production, ...database })).toHaveLength(2)
  expect(
    problemsOf({
      ...production,
      DATABASE_URL: `${database.DATABASE_URL}?${safe}`,
      DATABASE_OWNER_URL: `${database.DATABASE_OWNER_URL}?${safe}`,
      HUB_CRM_URL: 'http://127.0.0.1:4010',
      HUB_CALL_URL: 'https://hub-2.example.com:4011',
    }),
  ).toEqual([])
  expect(problemsOf({ ...production, HUB_CRM_URL: 'http://hub-2.example.com:4010' })).toEqual([
    expect.stringContaining('HUB_CRM_URL is http'),
  ])
})
