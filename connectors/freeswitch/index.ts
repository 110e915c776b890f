import { isLoopback } from '../../kernel/env/index.js'
import type { Connector, Listener } from '../../kernel/ports/index.js'
import { receive } from './hook.js'
import { normalise } from './normalise.js'
import { probe } from './probe.js'
import { Session } from './session.js'
import { settingsOf } from './settings.js'

/** FreeSWITCH by its event socket and by the records that mod_json_cdr posts, either or both; see docs/freeswitch.md. */
export const freeswitch: Connector = {
  name: 'freeswitch',
  capabilities: { events: true, hooks: true, backfill: false, dial: false, recordings: false },
  questions: [
    { setting: 'address', text: 'Where is its event socket?', default: 'tcp://127.0.0.1:8021' },
    { setting: 'password', text: 'The password of event_socket.conf.xml?', secret: true },
  ],
  check: system => void settingsOf(system),
  isReadable: system => {
    const { eventSocket } = settingsOf(system)
    return eventSocket !== null && !eventSocket.tls && !isLoopback(eventSocket.host)
  },
  probe: system => probe(settingsOf(system)),
  receive: (system, request) => receive(settingsOf(system), request),
  listen: (system, sink) => {
    const settings = settingsOf(system)
    if (settings.eventSocket === null) return nobody
    const session = new Session(settings, settings.eventSocket, sink)
    session.start()
    return session
  },
  normalise: (system, payload) => normalise(settingsOf(system), payload),
}

/** Where there is no event socket there is nothing to listen to. */
const nobody: Listener = { stop: async () => undefined }
