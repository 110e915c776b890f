import { Lru } from '../../kernel/encryption/lru.js'
import type { Identities, Identity, PeopleDirectory } from './identity.js'
import { type TokenClaims, type TokenSettings, verifyToken } from './verifyToken.js'

const REMEMBERED = 10_000
/** How long a verified token is not verified again: a key the issuer withdrew works this long at most. */
const REMEMBERED_MS = 60_000

/** Identities by JSON Web Tokens of one issuer. Signatures are remembered shortly, persons never: who is suspended is out at once. */
export function tokenIdentities(settings: TokenSettings & { people: PeopleDirectory }): Identities {
  const { people, clock } = settings
  const verified = new Lru<string, TokenClaims & { until: number }>(REMEMBERED)

  async function claimsOf(token: string): Promise<TokenClaims | null> {
    const now = clock.now().getTime()
    const known = verified.get(token)
    if (known && known.until > now) return known
    const claims = await verifyToken(token, settings)
    if (!claims) return null
    verified.set(token, { ...claims, until: Math.min(now + REMEMBERED_MS, claims.expiresAt.getTime()) })
    return claims
  }

  async function activePerson(issuer: string, subject: string): Promise<string | null> {
    const person = await people.personOf(issuer, subject)
    return person?.active ? person.personId : null
  }

  return {
    identify: async token => {
      const claims = await claimsOf(token)
      const personId = claims && (await activePerson(claims.issuer, claims.subject))
      if (!claims || !personId) return null
      const { issuer, subject, expiresAt } = claims
      return { personId, issuer, subject, expiresAt } satisfies Identity
    },
    isActive: async ({ issuer, subject, personId, expiresAt }) =>
      expiresAt > clock.now() && (await activePerson(issuer, subject)) === personId,
  }
}
