import type { JWK } from 'jose'

/** Somebody whose tokens the gateway takes, known by their public keys. */
export interface TokenIssuer {
  issuer: string
  audience: string
  jwks: { keys: JWK[] }
  issueToken(person: string, ttlSeconds: number): Promise<string>
}
