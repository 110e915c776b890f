import { z } from 'zod'
import type { Connector } from '../../kernel/ports/index.js'

const settings = z.object({ secret: z.string().min(1, 'needs a secret') })

/** The sandbox's CRM. It is known to the hub by name so far; reading and writing it come with its sync. */
export const sandboxCrm: Connector = {
  name: 'sandbox-crm',
  capabilities: { events: false, hooks: false, backfill: false, dial: false, recordings: false },
  check: system => void settings.parse(system.settings),
  normalise: () => [],
}
