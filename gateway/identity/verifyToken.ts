import { errors, type JWTVerifyGetKey, jwtVerify } from 'jose'
import type { Clock } from '../../kernel/clock.js'
import { unavailable } from '../../kernel/errors.js'

export interface TokenSettings {
  /** The issuer's public keys: `createRemoteJWKSet(new URL(JWKS_URL))`, or a local set. */
  keys: JWTVerifyGetKey
  issuer: string
  audience: string
  clock: Clock
}

export interface TokenClaims {
  issuer: string
  subject: string
  expiresAt: Date
}

/** Signatures that need the issuer's private key. A shared secret (HS256) or none would let others issue tokens. */
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519']
const LONGEST = 8 * 1024
const TOLERANCE_SECONDS = 5

/** What a JSON Web Token says, when issuer, audience, signature and time are right; else null. Throws UNAVAILABLE without the issuer's keys. */
export async function verifyToken(
  token: string,
  { keys, issuer, audience, clock }: TokenSettings,
): Promise<TokenClaims | null> {
  if (token.length > LONGEST) return null
  try {
    const { payload } = await jwtVerify(token, keys, {
      algorithms: ALGORITHMS,
      issuer,
      audience,
      requiredClaims: ['exp', 'sub'],
      currentDate: clock.now(),
      clockTolerance: TOLERANCE_SECONDS,
    })
    const { sub, exp } = payload
    return sub && exp ? { issuer, subject: sub, expiresAt: new Date(exp * 1000) } : null
  } catch (error) {
    if (keysAreAway(error)) throw unavailable('The address of the issuer of tokens (JWKS_URL)')
    return null
  }
}

/** The generic code is that of an answer which was no key set. */
const keysAreAway = (error: unknown): boolean =>
  !(error instanceof errors.JOSEError) || error instanceof errors.JWKSTimeout || error.code === 'ERR_JOSE_GENERIC'
