import { messageOf } from '../errors.js'
import { withClient } from './withClient.js'

const OLDEST = 15

/**
 * Sees whether the hub can use the server behind a setting such as DATABASE_URL.
 * @returns the server's version, such as `15.14`
 * Throws with what to do when it cannot be reached, refuses the login, or is older than PostgreSQL 15. Never shows the password.
 */
export async function checkPostgres(url: string, setting = 'DATABASE_URL'): Promise<string> {
  const version = await withClient(url, async client => {
    const { rows } = await client.query<{ server_version: string }>('show server_version')
    return rows[0]!.server_version.split(' ')[0]!
  }).catch(error => {
    throw new Error(`${setting} (${placeOf(url)}) ${refusal(error)}`)
  })
  if (Number.parseInt(version, 10) < OLDEST)
    throw new Error(`${setting} (${placeOf(url)}) is PostgreSQL ${version}; the hub needs ${OLDEST} or later.`)
  return version
}

/** Host, port, and database. */
function placeOf(url: string): string {
  const parsed = URL.parse(url)
  return parsed ? `${decodeURIComponent(parsed.host)}${parsed.pathname}` : 'not a URL'
}

const REFUSALS: Record<string, string> = {
  ECONNREFUSED: 'cannot be reached: nothing listens there. Start the server, or correct the address.',
  ENOTFOUND: 'cannot be reached: there is no such host. Correct the address.',
  EAI_AGAIN: 'cannot be reached: its name cannot be looked up just now. Check the network and the address.',
  ENOENT: 'cannot be reached: there is no such socket. Start the server, or correct the path.',
  ETIMEDOUT: 'cannot be reached in time. Check the network, the address, and the firewall.',
  '28P01': 'refuses the login: wrong user or password.',
  '28000': 'refuses the login: its access rules (pg_hba.conf) do not let this user in from here.',
  '3D000': 'has no such database. Create it, or correct the name.',
  '42501': 'does not let this user connect to the database: grant connect on it.',
  '53300': 'has no connection left. Raise max_connections.',
  '57P03': 'is starting or stopping. Try again in a moment.',
}

const NOT_TRUSTED =
  'shows a certificate that this machine does not trust. Name the authority that issued it: sslrootcert=/path/to/ca.pem in the URL.'

const TLS_REFUSALS: Record<string, string> = {
  SELF_SIGNED_CERT_IN_CHAIN: NOT_TRUSTED,
  DEPTH_ZERO_SELF_SIGNED_CERT: NOT_TRUSTED,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: NOT_TRUSTED,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: NOT_TRUSTED,
  ERR_TLS_CERT_ALTNAME_INVALID: 'shows a certificate for another host. Use the name that stands in the certificate.',
  CERT_HAS_EXPIRED: 'shows a certificate that has expired. Renew it on the server.',
}

function refusal(error: unknown): string {
  const { code, syscall, path } = error as NodeJS.ErrnoException
  if (syscall === 'open')
    return `names the file ${path} (sslrootcert, sslcert, sslkey), which cannot be read (${code}).`
  if (code && TLS_REFUSALS[code]) return TLS_REFUSALS[code]
  if (/does not support SSL/.test(messageOf(error)))
    return 'does not speak TLS. Switch it on there (ssl = on), or, where nobody can listen in between, take sslmode out of the URL.'
  if (code && REFUSALS[code]) return REFUSALS[code]
  if (/timeout/i.test(messageOf(error))) return REFUSALS.ETIMEDOUT!
  return `cannot be used (${code ?? (error as Error).name}). Check the address, the user, and whether the server demands TLS (sslmode).`
}
