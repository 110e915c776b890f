import type { Config } from '../kernel/config/index.js'
import type { Env } from '../kernel/env/index.js'
import type { Connector } from '../kernel/ports/index.js'
import type { ConnectedSystems } from '../subgraphs/sync/index.js'

/**
 * Gives each configured System its connector. Throws one error that names every System that cannot be connected. `only`: the others are not
 * looked at.
 */
export function connectSystems(
  config: Config,
  connectors: readonly Connector[],
  { zone, production }: Pick<Env, 'zone' | 'production'>,
  only?: readonly string[],
): ConnectedSystems {
  const problems: string[] = []
  const connected = new Map<string, { settings: Parameters<Connector['check']>[0]; connector: Connector }>()
  for (const { id, name, connector: wanted, address, secret, trunks, timeZone, settings } of config.systems) {
    if (only && !only.includes(id)) continue
    const connector = connectors.find(one => one.name === wanted)
    if (!connector) {
      problems.push(
        `system "${id}" names the connector "${wanted}"; there are ${connectors.map(one => one.name).join(', ')}`,
      )
      continue
    }
    const own = { ...(address !== null && { address }), ...(secret !== null && { secret }), ...settings }
    const system = { id, name, timeZone: timeZone ?? zone, trunks, settings: own }
    try {
      connector.check(system)
      if (production && connector.isReadable?.(system))
        throw new Error(
          'is reached without TLS: production wants a tls:// or https:// address, or a tunnel on this machine',
        )
      connected.set(id, { settings: system, connector })
    } catch (error) {
      problems.push(`system "${id}": ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  if (problems.length > 0) throw new Error(`HUB_CONFIG cannot be used:\n- ${problems.join('\n- ')}`)
  return connected
}
