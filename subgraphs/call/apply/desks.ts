import type { EntityManager } from '@mikro-orm/postgresql'
import type { Kernel } from '../../../kernel/context/index.js'
import type { CallState } from '../call/callState.js'

export interface Desk {
  id: string
  teamId: string | null
}

/** Who held which extension, and whose a queue was, when a call began: it is credited to them for ever. */
export interface Desks {
  agentAt(state: CallState, extension: string | undefined): Desk | null
  teamOfQueue(state: CallState): string | null
}

/** Asked once per batch for calls of one minute, which is as fine as extensions change hands. */
export async function desksOf(kernel: Kernel, em: EntityManager, states: readonly CallState[]): Promise<Desks> {
  const { desk } = kernel.ports
  const minutes = new Map<number, Set<string>>()
  for (const state of states) {
    const extensions = minutes.get(minuteOf(state)) ?? new Set()
    for (const extension of extensionsOf(state)) extensions.add(extension)
    minutes.set(minuteOf(state), extensions)
  }
  const agents = new Map<number, Map<string, Desk>>()
  for (const [minute, extensions] of minutes)
    agents.set(minute, await desk.agentsAt(em, [...extensions], new Date(minute)))
  const queues = new Map<string, string | null>()
  for (const state of states) {
    const key = queueKey(state)
    if (state.queue && !queues.has(key))
      queues.set(key, await desk.teamOfQueue(em, state.queue, new Date(minuteOf(state))))
  }
  return {
    agentAt: (state, extension) => (extension ? (agents.get(minuteOf(state))?.get(extension) ?? null) : null),
    teamOfQueue: state => queues.get(queueKey(state)) ?? null,
  }
}

const minuteOf = (state: CallState): number => Math.floor(Date.parse(state.startedAt) / 60_000) * 60_000 + 59_999
const queueKey = (state: CallState): string => `${state.queue} ${minuteOf(state)}`

const extensionsOf = (state: CallState): string[] =>
  [
    state.agentExtension,
    ...state.offeredTo.map(({ extension }) => extension),
    ...state.legs.map(leg => leg.extension),
  ].filter(extension => extension !== undefined)
