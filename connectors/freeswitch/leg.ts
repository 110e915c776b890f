import type { CallFact } from '../../kernel/ports/index.js'
import { consentOf } from '../common/consent.js'
import { outcomeOf } from './causes.js'
import { agentExtension, numberIn, type Party, partyOf, queueName } from './party.js'
import type { FreeSwitchSettings } from './settings.js'
import { latest } from './time.js'

/** A fact but for what all facts of one message share. */
export type Said = Omit<CallFact, 'key' | 'callId'>

/** What FreeSWITCH says of one leg, in events and records alike. Times are ISO 8601 in UTC; one that is left out never came. */
export interface Leg {
  id: string
  /** The leg with which the call began. */
  callId: string
  /** It came in to FreeSWITCH, rather than being called by it. */
  inbound: boolean
  channel?: string
  gateway?: string
  /** Numbers as the first profile of the leg has them. */
  caller?: string
  destination?: string
  createdAt: string
  /** When all this was so. */
  saidAt: string
  /** It was ringing, or had something to listen to. */
  ringingAt?: string
  answeredAt?: string
  bridgedAt?: string
  endedAt?: string
  cause?: string
  /** The leg that it was last bridged to. */
  other?: { id: string; channel?: string; answeredAt?: string }
  queue?: string
  queuedAt?: string
  agent?: string
  /** What the dial plan says of consent. */
  consent?: string
  recording?: string
  /** The number that the hub wanted to be called, where it placed the call. */
  placedTo?: string
}

export type Reader = (settings: FreeSwitchSettings, leg: Leg) => Said[]

/** The leg came into being. One that came in from outside, or was called there, tells the direction and the number. */
export const started: Reader = (settings, leg) => {
  const party = sideOf(settings, leg)
  if (!party) return []
  const fact: Said = { kind: 'LEG_STARTED', legId: leg.id, at: leg.createdAt, ...party }
  if (party.extension !== undefined) return [leg.inbound ? { ...fact, to: leg.destination } : fact]
  if (leg.inbound) return [{ ...fact, direction: 'INBOUND', from: leg.caller, to: leg.destination }]
  return [{ ...fact, direction: 'OUTBOUND', to: numberIn(leg.channel) ?? leg.destination }]
}

/** Only what FreeSWITCH calls can ring: a caller who hears music is no phone that rings. */
export const rang: Reader = (settings, leg) => {
  const party = sideOf(settings, leg)
  if (!party || leg.inbound || leg.ringingAt === undefined) return []
  return [{ kind: 'RINGING', legId: leg.id, at: leg.ringingAt, extension: party.extension }]
}

export const answered: Reader = (settings, leg) => {
  const party = sideOf(settings, leg)
  if (!party || leg.answeredAt === undefined) return []
  return [{ kind: 'ANSWERED', legId: leg.id, at: leg.answeredAt, extension: party.extension }]
}

/**
 * Both ends hear each other. FreeSWITCH bridges also while the called end only rings (early media): both must have answered. Of a call's first
 * leg alone that is not known once a queue or a menu had answered it before; the other leg tells.
 */
export const connected: Reader = (settings, leg) => {
  const { id, callId, answeredAt, bridgedAt, other } = leg
  if (answeredAt === undefined || bridgedAt === undefined) return []
  const sure = id !== callId || other?.answeredAt !== undefined || answeredAt >= bridgedAt
  if (!sure) return []
  const at = latest(bridgedAt, answeredAt, other?.answeredAt)
  const ends = [
    { legId: id, party: sideOf(settings, leg) },
    { legId: other?.id, party: other ? sideOf(settings, leg, other) : null },
  ]
  return ends.flatMap(({ legId, party }): Said[] =>
    legId !== undefined && party ? [{ kind: 'CONNECTED', legId, at, extension: party.extension }] : [],
  )
}

export const ended: Reader = (settings, leg) => {
  const party = sideOf(settings, leg)
  if (!party || leg.endedAt === undefined) return []
  const { id: legId, endedAt: at, cause } = leg
  return [{ kind: 'LEG_ENDED', legId, at, extension: party.extension, cause, outcome: outcomeOf(cause) }]
}

export const queued: Reader = (_settings, { id, callId, createdAt, queue, queuedAt }) => {
  if (queue === undefined || queuedAt === undefined || id !== callId) return []
  // FreeSWITCH counts the time of joining in whole seconds.
  return [{ kind: 'QUEUED', legId: id, at: latest(createdAt, queuedAt), queue: queueName(queue) }]
}

/** The queue's word for whom it called. */
export const offered: Reader = (settings, { id, callId, createdAt, queue, agent }) => {
  const extension = agentExtension(settings, agent)
  if (queue === undefined || extension === undefined || id === callId) return []
  return [{ kind: 'DIALING', legId: id, at: createdAt, extension, queue: queueName(queue) }]
}

/** A leg that was called has a copy of what was said when it was called; what was said later is known of the first one only. */
export const consented: Reader = (_settings, { id, callId, consent, saidAt }) => {
  const understood = id === callId ? consentOf(consent) : undefined
  return understood ? [{ kind: 'CONSENT', at: saidAt, ...understood }] : []
}

export const recorded: Reader = (_settings, { createdAt, endedAt, recording }) =>
  recording === undefined ? [] : [{ kind: 'RECORDING', at: endedAt ?? createdAt, recording }]

/** A call that the hub placed is for somebody outside, even if only the agent's phone ever rang. */
export const placed: Reader = (_settings, { id, callId, createdAt, placedTo: to }) =>
  to === undefined || id !== callId ? [] : [{ kind: 'DIALING', at: createdAt, direction: 'OUTBOUND', to }]

/** Everything that is known of a leg that is over. */
export const wholeLeg: Reader = (settings, leg) =>
  [started, queued, offered, rang, answered, connected, ended, consented, recorded, placed].flatMap(read =>
    read(settings, leg),
  )

type End = Pick<Leg, 'id' | 'channel' | 'gateway'>

/** Of a call that the hub placed the number is outside, also one that is as short as an extension (10086). */
function sideOf(settings: FreeSwitchSettings, leg: Leg, { id, channel, gateway }: End = leg): Party | null {
  const { callId, placedTo } = leg
  const outside = placedTo !== undefined && id !== callId && numberIn(channel)?.endsWith(placedTo)
  return partyOf(settings, channel, gateway, outside)
}
