import type { Queue, SandboxAgent } from '../agents.js'
import { agentsOf, mainNumber, sandboxAgents, sandboxTrunks, teamOf } from '../agents.js'
import { type Random, seededRandom } from '../random.js'
import { type Caller, Callers } from './callers.js'
import { callStarts } from './callStarts.js'
import { asDialled, asWritten } from './phones.js'
import type { SandboxCall, SandboxCustomer, SandboxOutcome } from './types.js'
import { dispositions } from './words.js'

/** How a call went, before numbers and names are put on it: all in whole seconds. */
interface Course {
  outcome: SandboxOutcome
  agent: SandboxAgent | null
  waitSeconds: number
  ringSeconds: number
  talkSeconds: number
}

const longestTalk = 1500
const inboundResults = { ANSWERED: 90, NO_ANSWER: 4, ABANDONED: 6 }
const directResults = { ANSWERED: 78, NO_ANSWER: 22 }
const outboundResults = { ANSWERED: 58, NO_ANSWER: 29, BUSY: 13 }

/**
 * Finished calls of the 90 days before `until`, oldest first: office hours, nobody on two calls at once, talk times log-normal
 * around a minute and a half.
 */
export function sandboxCalls(
  seed: number,
  until: Date,
  count: number,
  customers: readonly SandboxCustomer[],
): SandboxCall[] {
  const random = seededRandom(seed + 3)
  const callers = new Callers(random, customers, { strangers: Math.ceil(count / 20) + 20, knownShare: 0.84 })
  const desk = new Desk()
  return callStarts(random, until, count).map((start, index) => {
    const id = `past-${String(index + 1).padStart(5, '0')}`
    const outbound = random.chance(0.45) && desk.free(sandboxAgents, start).length > 0
    return outbound ? outboundCall(random, callers, desk, id, start) : inboundCall(random, callers, desk, id, start)
  })
}

/** Who is on the telephone until when. */
class Desk {
  readonly #freeAt = new Map<string, number>()

  free = (agents: readonly SandboxAgent[], at: number) => agents.filter(agent => this.freeAt(agent) <= at)
  freeAt = (agent: SandboxAgent) => this.#freeAt.get(agent.id) ?? 0
  occupy = (agent: SandboxAgent, until: number) => this.#freeAt.set(agent.id, until)
}

function outboundCall(random: Random, callers: Callers, desk: Desk, id: string, start: number): SandboxCall {
  const caller = callers.drawCallable()
  const free = desk.free(sandboxAgents, start)
  const agent = free.find(({ id: agentId }) => agentId === caller.owner?.id) ?? random.pick(free)
  const outcome = random.weighted(outboundResults)
  const ringSeconds = { ANSWERED: random.int(4, 22), NO_ANSWER: random.int(20, 45), BUSY: random.int(0, 3) }[outcome]
  const course = { outcome, agent, waitSeconds: random.int(1, 2), ringSeconds, talkSeconds: talk(random, outcome) }
  const to = asDialled(random, caller.phone)
  return finished(random, desk, {
    id,
    direction: 'OUTBOUND',
    caller,
    queue: null,
    start,
    course,
    from: agent.extension,
    to,
  })
}

function inboundCall(random: Random, callers: Callers, desk: Desk, id: string, start: number): SandboxCall {
  const caller = callers.draw()
  const queue = random.chance(0.72) ? queueFor(random, caller) : null
  const course = queue ? queued(random, desk, queue, start) : direct(random, desk, callers.agentFor(caller), start)
  const to = queue ? mainNumber : course.agent!.extension
  const from = asWritten(random, caller.phone)
  return finished(random, desk, { id, direction: 'INBOUND', caller, queue, start, course, from, to })
}

function queueFor(random: Random, caller: Caller): Queue {
  const home = caller.owner?.team ?? random.pick(['north', 'south'] as const)
  return home === 'north' ? 'sales' : 'service'
}

function queued(random: Random, desk: Desk, queue: Queue, start: number): Course {
  const team = agentsOf(teamOf(queue))
  const patience = Math.min(180, Math.round(random.logNormal(40, 0.6)) + 3)
  const nextFree = Math.min(...team.map(desk.freeAt))
  const waitSeconds = random.int(1, 4) + Math.max(0, Math.ceil((nextFree - start) / 1000))
  if (waitSeconds > patience)
    return { outcome: 'ABANDONED', agent: null, waitSeconds: patience, ringSeconds: 0, talkSeconds: 0 }
  const agent = random.pick(desk.free(team, Math.max(start, nextFree)))
  const outcome = random.weighted(inboundResults)
  const ringSeconds = outcome === 'NO_ANSWER' ? 20 : random.int(3, 16)
  return { outcome, agent, waitSeconds, ringSeconds, talkSeconds: talk(random, outcome) }
}

function direct(random: Random, desk: Desk, agent: SandboxAgent, start: number): Course {
  if (desk.freeAt(agent) > start) return { outcome: 'BUSY', agent, waitSeconds: 1, ringSeconds: 0, talkSeconds: 0 }
  const outcome = random.weighted(directResults)
  const ringSeconds = outcome === 'NO_ANSWER' ? random.int(15, 40) : random.int(3, 18)
  return { outcome, agent, waitSeconds: 1, ringSeconds, talkSeconds: talk(random, outcome) }
}

const talk = (random: Random, outcome: SandboxOutcome) =>
  outcome === 'ANSWERED' ? Math.min(longestTalk, Math.max(3, Math.round(random.logNormal(95, 0.9)))) : 0

const causes: Readonly<Record<SandboxOutcome, string>> = {
  ANSWERED: '16',
  NO_ANSWER: '19',
  ABANDONED: '16',
  BUSY: '17',
}

interface Finish {
  id: string
  direction: SandboxCall['direction']
  caller: Caller
  queue: Queue | null
  start: number
  course: Course
  from: string
  to: string
}

function finished(
  random: Random,
  desk: Desk,
  { id, direction, caller, queue, start, course, from, to }: Finish,
): SandboxCall {
  const { outcome, agent, waitSeconds, ringSeconds, talkSeconds } = course
  const ringing = start + waitSeconds * 1000
  const stopped = ringing + ringSeconds * 1000
  const ended = stopped + talkSeconds * 1000
  const answered = outcome === 'ANSWERED'
  const onThePhone = agent !== null && (ringSeconds > 0 || direction === 'OUTBOUND')
  if (onThePhone) desk.occupy(agent, ended + random.int(5, 40) * 1000)
  return {
    id,
    direction,
    customerPhone: caller.phone,
    customerIds: caller.customerIds,
    from,
    to,
    line: random.chance(0.6) ? sandboxTrunks[0] : sandboxTrunks[1],
    queue,
    agentId: agent?.id ?? null,
    extension: agent?.extension ?? null,
    startedAt: new Date(start),
    ringingAt: ringSeconds > 0 ? new Date(ringing) : null,
    answeredAt: answered ? new Date(stopped) : null,
    endedAt: new Date(ended),
    ringSeconds,
    talkSeconds,
    durationSeconds: (ended - start) / 1000,
    outcome,
    hangupCause: causes[outcome],
    disposition: answered && random.chance(0.8) ? random.weighted(dispositions) : null,
    rating:
      answered && queue && random.chance(0.25) ? Number(random.weighted({ 5: 55, 4: 28, 3: 10, 2: 4, 1: 3 })) : null,
  }
}
