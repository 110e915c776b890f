import type { Credentials } from './credentials.js'
import type { RunningPostgres } from './running.js'

export const superuser = 'postgres'
export const ownerRole = 'hub_owner'
export const appRole = 'hub_app'

/** A server's socket: its folder, and the number in its name. */
export interface Address {
  socket: string
  port: number
}

/** `pg` and MikroORM both read a percent-encoded path in the place of the host as a socket. */
export function urlsOf(address: Address, credentials: Credentials, database: string): Omit<RunningPostgres, 'stop'> {
  const url = (role: string, password: string, name: string) =>
    `postgresql://${role}:${password}@${encodeURIComponent(address.socket)}:${address.port}/${encodeURIComponent(name)}`
  return {
    appUrl: url(appRole, credentials.app, database),
    ownerUrl: url(ownerRole, credentials.owner, database),
    superUrl: url(superuser, credentials.superuser, 'postgres'),
  }
}
