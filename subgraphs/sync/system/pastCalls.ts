import type { PastCalls } from '../../../kernel/ports/index.js'
import type { ConnectedSystems } from './connectedSystem.js'

/** What the connected systems can tell of the past. */
export const pastCallsOf = (systems: ConnectedSystems): PastCalls => ({
  sourceOf: systemId => {
    const system = systems.get(systemId)
    return system?.connector.backfill?.(system.settings)?.about ?? null
  },
})
