import type { CallPlan, LiveCall, Step } from './liveCall.js'

const causes = { answered: '16', no_answer: '19', abandoned: '16', busy: '17', cancelled: '16' } as const

export const endStep = (at: number, outcome: CallPlan['outcome']): Step => ({
  at,
  end: outcome,
  cause: causes[outcome],
})

export const legOf = (callId: string, number: number) => `${callId}-${number}`

/** What happens from the first moment on. A queued call is given an agent later, by `agentSteps`. */
export function openingSteps(callId: string, plan: CallPlan, at: number): Step[] {
  const { direction, from, to, line } = plan
  const extension = direction === 'outbound' ? (plan.extension ?? undefined) : undefined
  const started: Step = {
    at,
    emit: { type: 'call.started', legId: legOf(callId, 1), direction, from, to, line, extension },
  }
  if (direction === 'outbound') return [started, ...outboundSteps(callId, plan, at)]
  if (plan.queue) return [started, ...queueSteps(callId, plan.queue, plan.patienceMs, at)]
  if (plan.outcome === 'busy') return [started, endStep(at + 300, 'busy')]
  return [started, ...agentSteps(legOf(callId, 2), plan, plan.extension!, at + 300)]
}

const queueSteps = (callId: string, queue: string, patienceMs: number, at: number): Step[] => [
  { at: at + 200, emit: { type: 'call.queued', legId: legOf(callId, 1), queue } },
  endStep(at + 200 + patienceMs, 'abandoned'),
]

/** An agent's telephone rings for an inbound or transferred call, and what comes of it. */
export function agentSteps(legId: string, plan: CallPlan, extension: string, at: number): Step[] {
  const ringing: Step = { at, emit: { type: 'call.ringing', legId, extension } }
  if (plan.outcome !== 'answered') return [ringing, endStep(at + plan.ringMs, plan.outcome)]
  const answered = at + plan.ringMs
  return [
    ringing,
    { at: answered, emit: { type: 'call.answered', legId, extension } },
    ...talkSteps(legId, plan, extension, answered),
  ]
}

function outboundSteps(callId: string, plan: CallPlan, at: number): Step[] {
  const extension = plan.extension!
  const [own, far] = [legOf(callId, 1), legOf(callId, 2)]
  const dialled = plan.ringAgentFirst ? at + 2_500 : at + 200
  const agentFirst: Step[] = plan.ringAgentFirst
    ? [
        { at: at + 100, emit: { type: 'call.ringing', legId: own, extension } },
        { at: dialled, emit: { type: 'call.answered', legId: own, extension } },
      ]
    : []
  const dialing: Step[] = [...agentFirst, { at: dialled, emit: { type: 'call.dialing', legId: far } }]
  if (plan.outcome === 'busy') return [...dialing, endStep(dialled + 1_500, 'busy')]
  const rings = dialled + 1_200
  const ringing: Step = { at: rings, emit: { type: 'call.ringing', legId: far } }
  if (plan.outcome !== 'answered') return [...dialing, ringing, endStep(rings + plan.ringMs, plan.outcome)]
  const answered: Step = { at: rings + plan.ringMs, emit: { type: 'call.answered', legId: far } }
  return [...dialing, ringing, answered, ...talkSteps(own, plan, extension, answered.at)]
}

/** Two people talk: holding, handing over, hanging up. */
function talkSteps(legId: string, plan: CallPlan, extension: string, at: number): Step[] {
  const { hold, transfer, talkMs, consent } = plan
  const steps: Step[] = [{ at, emit: { type: 'call.connected', legId, extension } }]
  if (consent) steps.push({ at: at + 400, emit: { type: 'call.consent', consent, consentKind: 'announcement' } })
  if (hold && hold.afterMs + hold.forMs < talkMs) {
    steps.push({ at: at + hold.afterMs, emit: { type: 'call.held', legId, extension } })
    steps.push({ at: at + hold.afterMs + hold.forMs, emit: { type: 'call.resumed', legId, extension } })
  }
  if (transfer && transfer.afterMs < talkMs) steps.push({ at: at + transfer.afterMs, transfer })
  steps.push(endStep(at + talkMs, 'answered'))
  return steps.sort((a, b) => a.at - b.at)
}

/** What the PBX still says about a call that has just ended: its record, the recording, the caller's mark. */
export function closingSteps(call: LiveCall, outcome: CallPlan['outcome'], at: number): Step[] {
  const seconds = Math.round((at - call.startedAt) / 1000)
  const talkSeconds = call.connectedAt === null ? 0 : Math.round((at - call.connectedAt) / 1000)
  const steps: Step[] = [{ at: at + 200, emit: { type: 'call.summary', outcome, seconds, talkSeconds } }]
  if (call.connectedAt === null) return steps
  if (call.plan.consent === 'granted')
    steps.push({
      at: at + 1_500,
      emit: { type: 'call.recording', recording: `/recordings/${call.id}`, seconds: talkSeconds },
    })
  if (call.plan.rating)
    steps.push({ at: at + 4_000, emit: { type: 'call.feedback', rating: call.plan.rating, by: 'customer' } })
  return steps
}
