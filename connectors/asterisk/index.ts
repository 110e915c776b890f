import { isLoopback } from '../../kernel/env/index.js'
import type { Connector } from '../../kernel/ports/index.js'
import { isReadablePlace, recordingStore } from '../common/recordingStore.js'
import type { AmiEvent } from './amiEvent.js'
import { backfillOf } from './backfill/backfill.js'
import { isExposedSource } from './backfill/settings.js'
import { callsNow } from './callsNow.js'
import { diallerOf } from './dialler.js'
import { normalise } from './normalise.js'
import { offers } from './offers.js'
import { presence } from './presence.js'
import { probe } from './probe.js'
import { Session } from './session.js'
import { settingsOf } from './settings.js'
import { survey } from './survey.js'

/** Asterisk by its manager interface; see docs/asterisk.md. */
export const asterisk: Connector = {
  name: 'asterisk',
  capabilities: { events: true, hooks: false, backfill: true, dial: true, recordings: true },
  questions: [
    { setting: 'address', text: 'Where is its manager interface?', default: 'tcp://127.0.0.1:5038' },
    { setting: 'username', text: 'Which manager account (manager.conf)?', default: 'hub' },
    { setting: 'secret', text: 'The secret of that account?', secret: true },
  ],
  offers,
  check: system => void settingsOf(system),
  isReadable: system => {
    const { tls, host, backfill, recordings } = settingsOf(system)
    const sources = [backfill?.cdr, backfill?.cel].filter(source => source !== undefined)
    const exposed = sources.some(isExposedSource) || isReadablePlace(recordings ?? null)
    return exposed || (!tls && !isLoopback(host))
  },
  probe: system => probe(settingsOf(system)),
  listen: (system, sink) => {
    const session = new Session(settingsOf(system), sink)
    session.start()
    return session
  },
  backfill: system => {
    const settings = settingsOf(system)
    return settings.backfill ? backfillOf(settings, settings.backfill) : null
  },
  sourceAt: path => ({ cdr: path }),
  dialler: system => {
    const settings = settingsOf(system)
    return settings.dial ? diallerOf(settings, settings.dial) : null
  },
  recordings: system => {
    const { recordings } = settingsOf(system)
    return recordings ? recordingStore(recordings) : null
  },
  callsNow: system => callsNow(settingsOf(system)),
  survey: system => survey(settingsOf(system)),
  normalise: (system, payload) => normalise(settingsOf(system), eventOf(payload)),
  presence: (system, payload) => presence(settingsOf(system), eventOf(payload)),
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
