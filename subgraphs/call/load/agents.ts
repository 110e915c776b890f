import type { EntityManager } from '@mikro-orm/postgresql'
import type { Kernel } from '../../../kernel/context/index.js'
import type { DeskPeriod, LoadProblem, NamedPerson } from '../../../kernel/ports/index.js'
import { remember } from '../../../kernel/remember.js'

interface Answered {
  agent: string | null
  queue: string | null
  startedAt: Date
}

interface Credit {
  agentId: string | null
  teamId: string | null
}

/**
 * Whom calls are credited to: whoever held the extension when the call began, else the person of that id or name, also one who has left. The team
 * is the agent's, else that of the queue at that time.
 */
export async function agentsOf(
  kernel: Kernel,
  em: EntityManager,
  calls: readonly Answered[],
): Promise<(call: Answered, problems: LoadProblem[]) => Credit> {
  const texts = [...new Set(calls.flatMap(({ agent }) => agent ?? []))]
  const { desk, people } = kernel.ports
  const held = await desk.periods(em, {
    extensions: texts,
    queues: [...new Set(calls.flatMap(({ queue }) => queue ?? []))],
  })
  const extensions = byName(held.extensions)
  const queues = byName(held.queues)
  const persons = new Map<string, NamedPerson[]>()
  for (const person of await people.named(em, texts))
    for (const text of new Set([person.id, person.name])) remember(persons, text, () => []).push(person)
  return ({ agent, queue, startedAt }, problems) => {
    const team = queue === null ? null : (at(queues.get(queue), startedAt)?.teamId ?? null)
    if (agent === null) return { agentId: null, teamId: team }
    const holding = at(extensions.get(agent), startedAt)
    if (holding) return { agentId: holding.holderId, teamId: holding.teamId ?? team }
    const named = persons.get(agent) ?? []
    const one = named.find(({ id }) => id === agent) ?? (named.length === 1 ? named[0] : undefined)
    if (one) return { agentId: one.id, teamId: one.teamId ?? team }
    problems.push({ field: 'agent', reason: named.length > 1 ? 'SEVERAL_PEOPLE' : 'NO_PERSON' })
    return { agentId: null, teamId: team }
  }
}

function byName(periods: readonly DeskPeriod[]): Map<string, DeskPeriod[]> {
  const names = new Map<string, DeskPeriod[]>()
  for (const period of periods) remember(names, period.name, () => []).push(period)
  return names
}

const at = (periods: readonly DeskPeriod[] | undefined, moment: Date): DeskPeriod | undefined =>
  periods?.find(({ startsAt, endsAt }) => startsAt <= moment && (endsAt === null || moment < endsAt))
