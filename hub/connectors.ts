import { hubEvents } from '../connectors/hubEvents/index.js'
import { sandboxCrm } from '../connectors/sandboxCrm/index.js'
import type { Connector } from '../kernel/ports/index.js'

/** Every connector the hub brings; HUB_CONFIG names them. */
export const connectors: readonly Connector[] = [hubEvents, sandboxCrm]
