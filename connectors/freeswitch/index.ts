import { isLoopback } from '../../kernel/env/index.js'
import type { Connector, Listener } from '../../kernel/ports/index.js'
import { isReadablePlace, recordingStore } from '../common/recordingStore.js'
import { channelsNow } from './channelsNow.js'
import { FreeSwitchDialler } from './dialler.js'
import { receive } from './hook.js'
import { normalise, presence } from './normalise.js'
import { offers } from './offers.js'
import { probe } from './probe.js'
import { recordFolder } from './recordFolder.js'
import { Session } from './session.js'
import { settingsOf } from './settings.js'
import { survey } from './survey.js'
import { visit } from './visit.js'

/** FreeSWITCH by its event socket and by the records that mod_json_cdr posts, either or both; see docs/freeswitch.md. */
export const freeswitch: Connector = {
  name: 'freeswitch',
  capabilities: { events: true, hooks: true, backfill: true, dial: true, recordings: true },
  questions: [
    { setting: 'address', text: 'Where is its event socket?', default: 'tcp://127.0.0.1:8021' },
    { setting: 'password', text: 'The password of event_socket.conf.xml?', secret: true },
  ],
  offers,
  check: system => void settingsOf(system),
  isReadable: system => {
    const { eventSocket, recordings } = settingsOf(system)
    const bySocket = eventSocket !== null && !eventSocket.tls && !isLoopback(eventSocket.host)
    return bySocket || isReadablePlace(recordings)
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
  presence: (system, payload) => presence(settingsOf(system), payload),
  sourceAt: folder => ({ folder }),
  backfill: system => {
    const { recordFolder: folder } = settingsOf(system)
    return folder === null ? null : recordFolder(folder)
  },
  dialler: system => {
    const { eventSocket, dial } = settingsOf(system)
    return eventSocket === null || dial === null ? null : new FreeSwitchDialler(eventSocket, dial)
  },
  callsNow: system => {
    const { eventSocket } = settingsOf(system)
    return eventSocket === null
      ? null
      : visit(eventSocket, async ({ ask }) => new Set((await channelsNow(ask)).map(({ call }) => call)))
  },
  recordings: system => {
    const { recordings } = settingsOf(system)
    return recordings === null ? null : recordingStore(recordings)
  },
  survey: async system => {
    const settings = settingsOf(system)
    if (settings.eventSocket === null)
      throw new Error('has no address of its event socket, by which it could be asked what there is')
    return survey(settings, settings.eventSocket)
  },
}

/** Where there is no event socket there is nothing to listen to. */
const nobody: Listener = { stop: async () => undefined }
