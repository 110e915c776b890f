import { isLoopback } from '../../kernel/env/index.js'
import type { Connector } from '../../kernel/ports/index.js'
import type { AmiEvent } from './amiEvent.js'
import { normalise } from './normalise.js'
import { probe } from './probe.js'
import { Session } from './session.js'
import { settingsOf } from './settings.js'

/** Asterisk by its manager interface; see docs/asterisk.md. */
export const asterisk: Connector = {
  name: 'asterisk',
  capabilities: { events: true, hooks: false, backfill: false, dial: false, recordings: false },
  questions: [
    { setting: 'address', text: 'Where is its manager interface?', default: 'tcp://127.0.0.1:5038' },
    { setting: 'username', text: 'Which manager account (manager.conf)?', default: 'hub' },
    { setting: 'secret', text: 'The secret of that account?', secret: true },
  ],
  check: system => void settingsOf(system),
  isReadable: system => {
    const { tls, host } = settingsOf(system)
    return !tls && !isLoopback(host)
  },
  probe: system => probe(settingsOf(system)),
  listen: (system, sink) => {
    const session = new Session(settingsOf(system), sink)
    session.start()
    return session
  },
  normalise: (system, payload) => normalise(settingsOf(system), eventOf(payload)),
}

function eventOf(payload: Buffer): AmiEvent {
  const event = parsed(payload)
  if (typeof event !== 'object' || event === null || Array.isArray(event)) throw notAnEvent()
  return event as AmiEvent
}

function parsed(payload: Buffer): unknown {
  try {
    return JSON.parse(payload.toString())
  } catch {
    // The parser's own message would quote the payload.
    throw notAnEvent()
  }
}

const notAnEvent = () => new Error('This is no event of Asterisk.')
