import { createSecretKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { createLocalJWKSet, createRemoteJWKSet, exportJWK, type JWK, SignJWT } from 'jose'
import { beforeEach, describe, expect, it } from 'vitest'
import { TestClock } from '../../kernel/clock.js'
import { bearerToken } from './bearer.js'
import type { Identities, PeopleDirectory } from './identity.js'
import { tokenIdentities } from './tokenIdentities.js'

const issuer = 'https://login.example'
const audience = 'hub'
const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const other = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const jwk: JWK = { ...(await exportJWK(pair.publicKey)), kid: 'k1', alg: 'ES256' }
const keys = createLocalJWKSet({ keys: [jwk] })

interface Making {
  key?: KeyObject
  alg?: string
  claims?: Record<string, unknown>
  issuer?: string
  audience?: string
  subject?: string | null
  /** Seconds from now; null: none. */
  ends?: number | null
}

describe('Identities by token', () => {
  let clock: TestClock
  let active: boolean
  let identities: Identities
  const people: PeopleDirectory = {
    personOf: async (_issuer, subject) => (subject === 'li' ? { personId: 'agent-north-1', active } : null),
  }
  const make = (making: Making = {}): Promise<string> => {
    const seconds = Math.floor(clock.now().getTime() / 1000)
    const token = new SignJWT(making.claims ?? {})
      .setProtectedHeader({ alg: making.alg ?? 'ES256', kid: 'k1' })
      .setIssuer(making.issuer ?? issuer)
      .setAudience(making.audience ?? audience)
    if (making.subject !== null) token.setSubject(making.subject ?? 'li')
    if (making.ends !== null) token.setExpirationTime(seconds + (making.ends ?? 3600))
    return token.sign(making.key ?? pair.privateKey)
  }

  beforeEach(() => {
    clock = new TestClock()
    active = true
    identities = tokenIdentities({ keys, issuer, audience, clock, people })
  })

  it('are the person the issuer and subject stand for', async () => {
    expect(await identities.identify(await make())).toMatchObject({ personId: 'agent-north-1', issuer, subject: 'li' })
  })

  it('are refused for a wrong issuer, audience, key, subject, or missing claims', async () => {
    const wrong: Making[] = [
      { issuer: 'https://evil.example' },
      { audience: 'other' },
      { key: other.privateKey },
      { subject: 'nobody' },
      { subject: null },
      { ends: null },
      { ends: -60 },
    ]
    for (const making of wrong) expect(await identities.identify(await make(making))).toBeNull()
  })

  it('are refused when signed with the public key as a shared secret, or not at all', async () => {
    const secret = createSecretKey(Buffer.from(JSON.stringify(jwk)))
    expect(await identities.identify(await make({ alg: 'HS256', key: secret }))).toBeNull()
    const [, payload] = (await make()).split('.')
    const none = Buffer.from('{"alg":"none"}').toString('base64url')
    expect(await identities.identify(`${none}.${payload}.`)).toBeNull()
    expect(await identities.identify('x'.repeat(100_000))).toBeNull()
  })

  it('end with the token, also with one that was seen before', async () => {
    const token = await make({ ends: 30 })
    const identity = await identities.identify(token)
    clock.advance({ seconds: 36 })
    expect(await identities.identify(token)).toBeNull()
    expect(await identities.isActive(identity!)).toBe(false)
  })

  it('end when the person is suspended, though the token still holds', async () => {
    const token = await make()
    const identity = await identities.identify(token)
    expect(await identities.isActive(identity!)).toBe(true)
    active = false
    expect(await identities.identify(token)).toBeNull()
    expect(await identities.isActive(identity!)).toBe(false)
  })

  it('cannot be found out, which is not the same as refused, while the issuer is away', async () => {
    const away = tokenIdentities({
      keys: createRemoteJWKSet(new URL('http://127.0.0.1:1/jwks')),
      issuer,
      audience,
      clock,
      people,
    })
    await expect(away.identify(await make())).rejects.toMatchObject({ extensions: { code: 'UNAVAILABLE' } })
  })
})

describe('The authorization header', () => {
  it('holds a token only as Bearer of three parts', () => {
    expect(bearerToken('Bearer a.b.c')).toBe('a.b.c')
    expect(bearerToken('bearer a.b.c')).toBe('a.b.c')
    for (const no of [
      undefined,
      null,
      7,
      {},
      '',
      'a.b.c',
      'Basic a.b.c',
      'Bearer a.b',
      'Bearer a.b.c d',
      'Bearer a.b.c\n',
    ]) {
      expect(bearerToken(no)).toBeNull()
    }
  })
})
