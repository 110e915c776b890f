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

function refusal(error: unknown): string {
  const { code } = error as { code?: string }
  if (code && REFUSALS[code]) return REFUSALS[code]
  if (/timeout/i.test(messageOf(error))) return REFUSALS.ETIMEDOUT!
  return `cannot be used (${code ?? (error as Error).name}). Check the address, the user, and whether the server demands TLS (sslmode).`
}
