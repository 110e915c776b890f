import type { Dialling, DialRules } from '../../../kernel/ports/index.js'
import type { ConnectedSystems } from './connectedSystem.js'

/** What the connected systems can do for those who place calls. */
export const diallingOf = (systems: ConnectedSystems, rules: DialRules): Dialling => {
  const diallerOf = (systemId: string) => {
    const system = systems.get(systemId)
    return system?.connector.dialler?.(system.settings) ?? null
  }
  return { rules, systems: () => [...systems.keys()].filter(id => diallerOf(id) !== null), diallerOf }
}
