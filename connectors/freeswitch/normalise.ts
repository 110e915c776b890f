import type { CallFact, PresenceFact } from '../../kernel/ports/index.js'
import type { FsEvent } from './event.js'
import { readPresence } from './presence.js'
import { readEvent } from './readEvent.js'
import { readRecord } from './readRecord.js'
import type { FreeSwitchSettings } from './settings.js'

/** What one stored payload says: an event of the event socket, or the record of a leg. */
export function normalise(settings: FreeSwitchSettings, payload: Buffer): CallFact[] {
  const message = messageOf(payload)
  return 'Event-Name' in message ? readEvent(settings, message as FsEvent) : readRecord(settings, message)
}

/** What it says about people at their phones; records say nothing of that. */
export function presence(settings: FreeSwitchSettings, payload: Buffer): PresenceFact[] {
  const message = messageOf(payload)
  return 'Event-Name' in message ? readPresence(settings, message as FsEvent) : []
}

function messageOf(payload: Buffer): object {
  const message = parsed(payload)
  if (typeof message !== 'object' || message === null || Array.isArray(message)) throw notAMessage()
  return message
}

function parsed(payload: Buffer): unknown {
  try {
    return JSON.parse(payload.toString())
  } catch {
    // The parser's own message would quote the payload.
    throw notAMessage()
  }
}

const notAMessage = () => new Error('This is no message of FreeSWITCH.')
