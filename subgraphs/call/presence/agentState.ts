import type { Presence } from '../../../kernel/ports/index.js'
import { remember } from '../../../kernel/remember.js'
import { AgentState, CallStatus } from '../call/enums.js'

/** The last word on one aspect of one phone; `queue` is empty where it is said of all. */
export interface PresenceWord {
  systemId: string
  extension: string
  aspect: 'DEVICE' | 'WORK'
  queue: string
  at: Date
  state: Presence
  until: Date | null
}

const TALKS: readonly CallStatus[] = [CallStatus.ANSWERED, CallStatus.HELD]

/**
 * What a person at the phone is doing: what their calls show, else what was said of their phones. Of whom nothing is known it is
 * assumed that they are there. Pure.
 */
export function agentState(live: readonly CallStatus[], words: readonly PresenceWord[], now: Date): AgentState {
  if (live.some(status => TALKS.includes(status))) return AgentState.TALKING
  if (live.length > 0) return AgentState.RINGING
  const phones = [...byPhone(words).values()]
  const reached = phones.filter(phone => !phone.some(({ aspect, state }) => aspect === 'DEVICE' && state === 'OFFLINE'))
  if (phones.length > 0 && reached.length === 0) return AgentState.OFFLINE
  const work = reached.flatMap(phone => workOf(phone, now))
  // Who has left a queue is not in it.
  const stays = work.filter(state => state !== 'OFFLINE')
  if (stays.length === 0) return work.length > 0 ? AgentState.OFFLINE : AgentState.IDLE
  if (stays.every(state => state === 'AWAY')) return AgentState.AWAY
  return stays.includes('WRAP_UP') ? AgentState.WRAP_UP : AgentState.IDLE
}

function byPhone(words: readonly PresenceWord[]): Map<string, PresenceWord[]> {
  const phones = new Map<string, PresenceWord[]>()
  for (const word of words) remember(phones, JSON.stringify([word.systemId, word.extension]), () => []).push(word)
  return phones
}

/** Whether its owner takes calls: in each queue, or altogether. What was said of all queues holds for each until more is said of it. */
function workOf(phone: readonly PresenceWord[], now: Date): Presence[] {
  const work = phone.filter(({ aspect }) => aspect === 'WORK')
  const all = work.find(({ queue }) => queue === '')
  const queues = work.filter(({ queue }) => queue !== '')
  const holding = queues.map(word => (all && all.at > word.at ? all : word))
  return (holding.length > 0 ? holding : all ? [all] : []).map(word => stateNow(word, now))
}

/** Wrapping up ends by itself, where it is known when. */
const stateNow = ({ state, until }: PresenceWord, now: Date): Presence =>
  state === 'WRAP_UP' && until !== null && until <= now ? 'AVAILABLE' : state
