import { mainNumber, type SandboxAgent, sandboxAgents, sandboxTrunks } from '../agents.js'
import type { Caller, Callers } from '../book/callers.js'
import { asDialled, asWritten } from '../book/phones.js'
import type { Random } from '../random.js'
import type { PbxOutcome } from './event.js'
import type { CallPlan } from './liveCall.js'

const queueResults = { answered: 88, abandoned: 8, no_answer: 4 }
const directResults = { answered: 76, no_answer: 24 }
const outboundResults = { answered: 60, no_answer: 27, busy: 13 }

/** The next call of a working day, given who is on the telephone just now. */
export function drawPlan(random: Random, callers: Callers, isBusy: (agent: SandboxAgent) => boolean): CallPlan {
  const free = sandboxAgents.filter(agent => !isBusy(agent))
  if (free.length > 0 && random.chance(0.4)) return outbound(random, callers, free)
  const caller = callers.draw()
  if (random.chance(0.7)) return viaQueue(random, caller)
  const agent = callers.agentFor(caller)
  return direct(random, caller, agent, isBusy(agent))
}

function outbound(random: Random, callers: Callers, free: readonly SandboxAgent[]): CallPlan {
  const caller = callers.drawCallable()
  const agent = free.find(({ id }) => id === caller.owner?.id) ?? random.pick(free)
  const to = asDialled(random, caller.phone)
  const ends = { direction: 'outbound', from: agent.extension, to, queue: null, extension: agent.extension } as const
  return { ...common(random, random.weighted(outboundResults)), ...ends }
}

function viaQueue(random: Random, caller: Caller): CallPlan {
  const team = caller.owner?.team ?? random.pick(['north', 'south'] as const)
  const queue = team === 'north' ? 'sales' : 'service'
  const ends = {
    direction: 'inbound',
    from: asWritten(random, caller.phone),
    to: mainNumber,
    queue,
    extension: null,
  } as const
  const rating = random.chance(0.3) ? random.pick([5, 5, 5, 4, 4, 3, 2]) : null
  return { ...common(random, random.weighted(queueResults)), ...ends, rating }
}

function direct(random: Random, caller: Caller, agent: SandboxAgent, busy: boolean): CallPlan {
  const from = asWritten(random, caller.phone)
  const ends = { direction: 'inbound', from, to: agent.extension, queue: null, extension: agent.extension } as const
  return { ...common(random, busy ? 'busy' : random.weighted(directResults)), ...ends }
}

/** Ringing 3–20 s and talk of 10–90 s: short enough to watch a whole call. */
function common(
  random: Random,
  outcome: PbxOutcome,
): Omit<CallPlan, 'direction' | 'from' | 'to' | 'queue' | 'extension'> {
  const talkMs = talk(random)
  const half = Math.round(talkMs / 2)
  return {
    line: random.pick(sandboxTrunks),
    ringAgentFirst: false,
    outcome,
    patienceMs: random.int(12_000, 40_000),
    ringMs: outcome === 'no_answer' ? random.int(15_000, 20_000) : random.int(3_000, 12_000),
    talkMs,
    hold: random.chance(0.12) ? { afterMs: Math.round(talkMs / 4), forMs: random.int(3_000, 15_000) } : null,
    transfer: random.chance(0.1)
      ? { afterMs: half, to: null, ringMs: random.int(3_000, 8_000), talkMs: talk(random) }
      : null,
    consent: random.chance(0.96) ? 'granted' : 'declined',
    rating: null,
    chosen: false,
  }
}

const talk = (random: Random) => Math.round(Math.min(90_000, Math.max(10_000, random.logNormal(28_000, 0.7))))
