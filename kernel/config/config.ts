import type { Role } from '../ability/index.js'
import type { DialRules } from '../ports/dialling.js'

/** HUB_CONFIG, checked: every id it names exists, teams form trees, nothing is there twice, secrets are filled in. */
export interface Config {
  /** Area code that landline numbers without one belong to, such as `010`. */
  areaCode: string | null
  teams: TeamConfig[]
  people: PersonConfig[]
  queues: QueueConfig[]
  systems: SystemConfig[]
  dialling: DialRules
  dispositions: DispositionConfig[]
}

/** A result that agents may give a call. */
export interface DispositionConfig {
  id: string
  name: string
}

export interface TeamConfig {
  id: string
  name: string
  parentId: string | null
  /** People who supervise this team and those below it, besides supervisors whose own team it is. */
  supervisorIds: string[]
}

export interface PersonConfig {
  id: string
  name: string
  role: Role
  teamId: string | null
  /** Who this is in tokens. Without an issuer: that of JWT_ISSUER. */
  identities: { issuer: string | null; subject: string }[]
  extensions: string[]
  deputyId: string | null
}

export interface QueueConfig {
  name: string
  teamId: string
}

export interface SystemConfig {
  id: string
  name: string
  kind: 'CALL' | 'CRM' | 'ERP' | 'MARKETING'
  /** Name of the connector that speaks its protocol. */
  connector: string
  address: string | null
  secret: string | null
  /** Names of lines that lead outside. */
  trunks: string[]
  /** IANA zone of the times it writes; null: HUB_ZONE. */
  timeZone: string | null
  /** Requests the system allows the hub. */
  budget: { perSecond: number | null; perDay: number | null }
  /** The connector's own part. */
  settings: Record<string, unknown>
}
