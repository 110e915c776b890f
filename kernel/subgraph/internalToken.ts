import { createSecretKey, type KeyObject } from 'node:crypto'
import { jwtVerify, SignJWT } from 'jose'
import type { Clock } from '../clock.js'
import type { Caller } from './types.js'

const ISSUER = 'hub-gateway'
const SECONDS = 30
const SHORTEST_KEY = 32

/**
 * What the gateway shows a subgraph in another process instead of the person's own token: who calls, for this subgraph only, for 30
 * seconds. One per call, because a subscription outlives any single one.
 */
export class InternalTokens {
  readonly #key: KeyObject

  constructor(
    key: Uint8Array,
    private readonly clock: Clock,
  ) {
    if (key.length < SHORTEST_KEY) throw new Error(`The key of internal tokens needs at least ${SHORTEST_KEY} bytes.`)
    this.#key = createSecretKey(key)
  }

  sign(subgraph: string, caller: Caller | null): Promise<string> {
    const now = this.#seconds()
    const { personId, ...how } = caller ?? {}
    const token = new SignJWT(how)
      .setProtectedHeader({ alg: 'HS256' })
      .setIssuer(ISSUER)
      .setAudience(subgraph)
      .setIssuedAt(now)
      .setExpirationTime(now + SECONDS)
    return (personId === undefined ? token : token.setSubject(personId)).sign(this.#key)
  }

  /** Who calls; null for the gateway itself. Throws on every other token. */
  async verify(subgraph: string, token: string): Promise<Caller | null> {
    const { payload } = await jwtVerify(token, this.#key, {
      algorithms: ['HS256'],
      issuer: ISSUER,
      audience: subgraph,
      requiredClaims: ['exp', 'iat'],
      currentDate: this.clock.now(),
      clockTolerance: 5,
    })
    const { sub: personId, via, requestId, lang } = payload
    if (personId === undefined) return null
    if (!isVia(via) || typeof requestId !== 'string' || typeof lang !== 'string') throw new Error('Claims are missing.')
    return { personId, via, requestId, lang }
  }

  #seconds(): number {
    return Math.floor(this.clock.now().getTime() / 1000)
  }
}

const isVia = (via: unknown): via is Caller['via'] => via === 'GET' || via === 'POST' || via === 'WS' || via === 'SSE'
