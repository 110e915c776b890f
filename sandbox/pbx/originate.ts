import { z } from 'zod'
import { sandboxTrunks } from '../agents.js'
import type { Random } from '../random.js'
import type { CallPlan } from './liveCall.js'

/** Body of `POST /originate`. With a `callId` of one's own the request may be repeated without ringing twice; `shownAs` stands on the agent's telephone. */
export const originateInput = z.strictObject({
  extension: z.string(),
  number: z.string().min(3).max(32),
  callId: z.string().min(1).max(64).optional(),
  shownAs: z.string().min(1).max(64).optional(),
})

/** The agent's telephone rings first; when it is picked up, the number is dialled. Most people answer. */
export const originatePlan = (
  random: Random,
  { extension, number, shownAs }: z.output<typeof originateInput>,
): CallPlan => ({
  direction: 'outbound',
  from: extension,
  to: number,
  line: sandboxTrunks[0],
  queue: null,
  extension,
  ringAgentFirst: true,
  outcome: random.weighted({ answered: 75, no_answer: 17, busy: 8 }),
  patienceMs: 0,
  ringMs: random.int(4_000, 12_000),
  talkMs: random.int(10_000, 60_000),
  hold: null,
  transfer: null,
  consent: 'granted',
  rating: null,
  chosen: true,
  shownAs,
})
