import { asterisk } from '../connectors/asterisk/index.js'
import { freeswitch } from '../connectors/freeswitch/index.js'
import { hubEvents } from '../connectors/hubEvents/index.js'
import { sandboxCrm } from '../connectors/sandboxCrm/index.js'
import type { Connector } from '../kernel/ports/index.js'

/** Every connector the hub brings; HUB_CONFIG names them. */
export const connectors: readonly Connector[] = [asterisk, freeswitch, hubEvents, sandboxCrm]
