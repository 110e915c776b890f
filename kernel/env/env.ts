import type { LogLevel } from '../log/index.js'

/** What one process can run. */
export const parts = ['gateway', 'crm', 'call', 'sync', 'access', 'worker', 'sandbox'] as const
export type Part = (typeof parts)[number]

/** The parts that have a graph of their own. Their order is that of their ports above HUB_SUBGRAPH_PORT_BASE. */
export const subgraphNames = ['crm', 'call', 'sync', 'access'] as const
export type SubgraphName = (typeof subgraphNames)[number]

/** The hub's settings, read and checked once at the start. What each means stands in `settings.ts`. */
export interface Env {
  production: boolean
  port: number
  host: string
  /** null: the sandbox's. */
  configPath: string | null
  run: ReadonlySet<Part>
  sandbox: 'on' | 'off' | 'quiet'
  /** Absolute. */
  dataDir: string
  /** null: the embedded PostgreSQL. */
  databaseUrl: string | null
  databaseOwnerUrl: string | null
  /** Database within the embedded PostgreSQL. The sandbox has its own, so that the first real start is empty. */
  databaseName: string
  biPort: number | null
  natsUrl: string | null
  /** For `KeyRing.parse`. */
  keys: string
  /** null: the sandbox's. */
  jwksUrl: string | null
  jwtIssuer: string
  jwtAudience: string
  tlsCert: string | null
  tlsKey: string | null
  corsOrigins: string[]
  /** A table of prefixes of the operator's own; null: none. */
  attributionPath: string | null
  zone: string
  lang: string
  logLevel: LogLevel
  /** Where this process's subgraphs listen for gateways of other processes; null: they do not. */
  subgraphListen: { host: string; ports: Record<SubgraphName, number> } | null
  /** Where this process's gateway finds the subgraphs that it does not run itself. */
  subgraphUrls: Record<SubgraphName, string>
}
