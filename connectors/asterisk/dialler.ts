import { badInput, HubError, unavailable } from '../../kernel/errors.js'
import type { Dialler, DialOrder } from '../../kernel/ports/index.js'
import type { Surroundings } from '../common/surroundings.js'
import { type AmiEvent, header } from './amiEvent.js'
import type { Headers } from './connection.js'
import type { DialSettings } from './dialSettings.js'
import { type Manager, Refused, withManager } from './manager.js'
import type { AsteriskSettings } from './settings.js'

/** How long a phone has to ring, or to fail to, before the order counts as taken. */
const WATCH_MS = 3000
const RINGING = '5'
/** `Reason` of an OriginateResponse. */
const BUSY = '5'

/** Places calls by the manager interface: the agent's phone rings, and when it is picked up, the dial plan dials the number. */
export function diallerOf(settings: AsteriskSettings, dial: DialSettings, surroundings?: Surroundings): Dialler {
  const talk = <T>(events: string, what: (manager: Manager) => Promise<T>): Promise<T> =>
    withManager(settings, events, what, surroundings).catch(error => Promise.reject(refusal(error)))
  return {
    place: async order => {
      const headers = orderOf(settings, dial, order)
      await talk('call', manager => place(manager, headers, order.callId))
    },
    hangUp: callId => talk('off', manager => hangUp(manager, callId)),
  }
}

async function place(manager: Manager, headers: Headers, callId: string): Promise<void> {
  const outcome = manager.next(
    frame => (header(frame, 'Event') === 'OriginateResponse' && isOf(frame, callId)) || isRinging(frame, callId),
  )
  // It must not be an unhandled rejection where the order itself is refused first.
  outcome.catch(() => undefined)
  await manager.ask('Originate', headers)
  const said = await Promise.race([outcome, manager.later(WATCH_MS)])
  if (said === undefined || header(said, 'Response') !== 'Failure') return
  throw header(said, 'Reason') === BUSY
    ? new HubError('CONFLICT', 'The phone is busy. End the call it is in, then dial again.')
    : new HubError('UNAVAILABLE', 'The phone cannot be reached. See that it is signed in, then dial again.')
}

/** A channel that never came into being has no `Uniqueid`. */
const isOf = (frame: AmiEvent, callId: string): boolean =>
  header(frame, 'ActionID') === callId || header(frame, 'Uniqueid') === callId

const isRinging = (frame: AmiEvent, callId: string): boolean =>
  (header(frame, 'Event') === 'Newstate' &&
    header(frame, 'Uniqueid') === callId &&
    header(frame, 'ChannelState') === RINGING) ||
  (header(frame, 'Event') === 'DialState' &&
    header(frame, 'DestUniqueid') === callId &&
    header(frame, 'DialStatus') === 'RINGING')

async function hangUp(manager: Manager, callId: string): Promise<void> {
  const channels = await manager.list('CoreShowChannels')
  for (const channel of channels) {
    const name = header(channel, 'Channel')
    if (name === undefined || header(channel, 'Linkedid') !== callId) continue
    await manager.ask('Hangup', { Channel: name, Cause: '16' }).catch(error => {
      // It was faster.
      if (!(error instanceof Refused) || error.isForbidden) throw error
    })
  }
}

/** The order as the manager interface takes it. Throws BAD_USER_INPUT, which names no value. */
function orderOf(
  { extensionPattern }: AsteriskSettings,
  dial: DialSettings,
  { callId, extension, number, shownAs }: DialOrder,
): Headers {
  if (!extensionPattern.test(extension) || !/^[\w.-]{1,40}$/.test(extension))
    throw badInput('extension', 'This is no extension of the phone system.')
  if (!/^\+?[\d*#]{2,32}$/.test(number)) throw badInput('number', 'This number cannot be dialled.')
  if (!/^[\w.:-]{1,100}$/.test(callId)) throw badInput('callId', 'A call’s id has letters, digits and dashes only.')
  const fill = (template: string) =>
    template
      .replaceAll('{extension}', extension)
      .replaceAll('{shownAs}', shownAs.replaceAll(/[^\p{L}\p{N} +*#.-]/gu, ''))
  return {
    Channel: fill(dial.channel),
    ChannelId: callId,
    Context: dial.context,
    Exten: dial.prefix + number.replace(/^\+/, dial.internationalPrefix),
    Priority: '1',
    CallerID: fill(dial.callerId),
    Timeout: String(dial.ringSeconds * 1000),
    Async: 'true',
    ActionID: callId,
    Variable: Object.entries(dial.variables).map(([name, value]) => `${name}=${value}`),
  }
}

function refusal(error: unknown): unknown {
  if (error instanceof HubError) return error
  if (error instanceof Refused && error.isForbidden)
    return new HubError(
      'UNAVAILABLE',
      'The phone system does not let the hub place calls: its manager account needs write = originate,call,reporting.',
    )
  if (error instanceof Refused)
    return new HubError('UNAVAILABLE', 'The phone system refused the call. See that the phone is known to it.')
  return unavailable('The phone system')
}
