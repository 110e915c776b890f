import type { EntityManager } from '@mikro-orm/postgresql'
import type { Kernel } from '../../../kernel/context/index.js'
import type { DeskPeriod } from '../../../kernel/ports/index.js'
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

/** Asked once per batch, for calls of any time. */
export async function desksOf(kernel: Kernel, em: EntityManager, states: readonly CallState[]): Promise<Desks> {
  const extensions = [...new Set(states.flatMap(extensionsOf))]
  const queues = [...new Set(states.flatMap(({ queue }) => queue ?? []))]
  const held = await kernel.ports.desk.periods(em, { extensions, queues })
  const byName = (periods: readonly DeskPeriod[]) => Map.groupBy(periods, ({ name }) => name)
  const [phones, lines] = [byName(held.extensions), byName(held.queues)]
  return {
    agentAt: (state, extension) => {
      const period = extension === undefined ? undefined : inForce(phones.get(extension), state)
      return period ? { id: period.holderId, teamId: period.teamId } : null
    },
    teamOfQueue: state => (state.queue === undefined ? null : (inForce(lines.get(state.queue), state)?.teamId ?? null)),
  }
}

function inForce(periods: readonly DeskPeriod[] | undefined, { startedAt }: CallState): DeskPeriod | undefined {
  const at = new Date(startedAt)
  return periods?.find(({ startsAt, endsAt }) => startsAt <= at && (endsAt === null || at < endsAt))
}

const extensionsOf = (state: CallState): string[] =>
  [
    state.agentExtension,
    ...state.offeredTo.map(({ extension }) => extension),
    ...state.legs.map(leg => leg.extension),
  ].filter(extension => extension !== undefined)
