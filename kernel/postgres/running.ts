/** A PostgreSQL server, as the hub's roles reach it. */
export interface RunningPostgres {
  /** As `hub_app`: what the hub runs as. It may create nothing. */
  appUrl: string
  /** As `hub_owner`: owns database and schemas, for migrations and partition changes. */
  ownerUrl: string
  /** As the superuser, to the database `postgres`: for BI logins, backups and tests. */
  superUrl: string
  /** Ends the server and everything it started; a server that was only joined goes on. */
  stop(): Promise<void>
}
