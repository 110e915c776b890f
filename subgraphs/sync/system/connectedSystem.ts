import type { Connector, SystemSettings } from '../../../kernel/ports/index.js'

/** A System with the connector that speaks for it. */
export interface ConnectedSystem {
  settings: SystemSettings
  connector: Connector
}

export type ConnectedSystems = ReadonlyMap<string, ConnectedSystem>
