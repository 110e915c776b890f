import { remember } from '../../kernel/remember.js'
import { colleagues } from '../agents.js'
import { Agenda } from './agenda.js'
import type { AgentEvent, CallEvent, EventBody, PbxEvent, PbxOutcome } from './event.js'
import type { CallPlan, CallRecord, LiveCall, RecordingEntry, Step } from './liveCall.js'
import { agentSteps, closingSteps, endStep, legOf, openingSteps } from './steps.js'
import { WaitingRoom } from './waitingRoom.js'

/** What the switchboard remembers; part of the PBX's store. */
export interface SwitchboardState {
  live: LiveCall[]
  /** Newest last, bounded. */
  recent: CallRecord[]
  recordings: RecordingEntry[]
  calls: number
  /** What was told of calls, newest last, bounded. */
  told?: CallEvent[]
  /** Agents who are doing something besides calls: what, and until when (milliseconds since the epoch). */
  agents?: Record<string, { state: 'away' | 'wrap_up'; until: number }>
}

const remembered = 500
/** About ten for each call. */
const eventsRemembered = 5_000
const wrapUpMs = 15_000
/** From being free to being rung for the next waiting call. */
const offerMs = 1_000

/**
 * The calls in progress. Time moves only by `runDue`: everything planned up to then happens in order of time, and each step
 * comes out as an event. An agent is on one call at a time. What a step costs hardly depends on how many calls there are: ten thousand may wait.
 */
export class Switchboard {
  readonly #state: SwitchboardState
  readonly #emit: (event: PbxEvent) => void
  /** Found again from the state at each start. */
  readonly #agenda = new Agenda()
  readonly #waiting = new WaitingRoom(call => this.#agenda.turnOf(call))
  readonly #phones = new Map<string, LiveCall[]>()
  #over = false

  constructor(state: SwitchboardState, emit: (event: PbxEvent) => void) {
    this.#state = state
    this.#emit = emit
    for (const call of state.live) {
      this.#agenda.note(call)
      if (call.waiting) this.#waiting.enter(call)
      if (call.agentLeg && call.endedAt === null) this.#pickUp(call, call.agentLeg)
    }
  }

  /** Calls in which somebody still rings, waits or talks. */
  get live(): readonly LiveCall[] {
    return this.#state.live.filter(({ endedAt }) => endedAt === null)
  }

  find = (id: string) => this.live.find(call => call.id === id)

  /** Whether a call of this id was ever placed, as far as the switchboard remembers. */
  knows = (id: string) => [...this.#state.live, ...this.#state.recent].some(call => call.id === id)

  callAt = (extension: string) => this.#phones.get(extension)?.[0]

  /** What this agent is doing besides calls. */
  stateOf = (extension: string): AgentEvent['state'] => this.#agents[extension]?.state ?? 'available'

  /** The agent takes a break, unless they are at something else. */
  pause(extension: string, until: number, now: number): void {
    if (this.callAt(extension) || this.#agents[extension]) return
    this.#tell(extension, 'away', now, until)
  }

  /** Calls of a stretch of time, those in progress among them, each with everything that was told of it; some is told after its end. */
  history(since: number, until: number): (CallRecord & { events: CallEvent[] })[] {
    const told = new Map<string, CallEvent[]>()
    for (const event of this.#told) remember(told, event.callId, () => []).push(event)
    const calls = [...this.#state.recent, ...this.live.map(call => recordOf(call, null, null))]
    return calls
      .map(call => ({ ...call, events: told.get(call.id) ?? [] }))
      .filter(({ startedAt, endedAt, events }) => {
        const last = events.at(-1)?.at ?? endedAt
        return Date.parse(startedAt) < until && (endedAt === null || Date.parse(last ?? endedAt) >= since)
      })
  }

  place(plan: CallPlan, now: number, id?: string): LiveCall {
    this.#state.calls += 1
    // Who is called back from a break is at their desk again.
    if (plan.extension && this.#agents[plan.extension]) this.#back(plan.extension, now)
    const callId = id ?? `c-${now.toString(36)}-${this.#state.calls}`
    const call: LiveCall = {
      id: callId,
      plan,
      steps: openingSteps(callId, plan, now),
      events: 0,
      startedAt: now,
      connectedAt: null,
      endedAt: null,
      waiting: false,
      agentLeg: null,
      legs: 2,
    }
    if (takesTheAgent(plan)) this.#pickUp(call, this.#legAt(call, plan))
    this.#state.live.push(call)
    this.#agenda.note(call)
    this.runDue(now)
    return call
  }

  hangUp(call: LiveCall, now: number): void {
    const unanswered = call.plan.direction === 'inbound' ? 'abandoned' : 'cancelled'
    call.steps = [endStep(now, call.connectedAt === null ? unanswered : 'answered')]
    this.#agenda.note(call)
    this.runDue(now)
  }

  runDue(now: number): void {
    for (let next = this.#agenda.due(now); next; next = this.#agenda.due(now)) {
      const step = next.steps.shift()!
      if ('emit' in step) this.#happens(next, step.emit, step.at)
      else if ('transfer' in step) this.#transfer(next, step)
      else this.#end(next, step.end, step.cause, step.at)
      this.#agenda.note(next)
      this.#offerWaiting(step.at)
      this.#over ||= next.steps.length === 0
    }
    if (this.#over) this.#state.live = this.#state.live.filter(({ steps }) => steps.length > 0)
    this.#over = false
    for (const [extension, { until }] of Object.entries(this.#agents)) if (until <= now) this.#back(extension, until)
  }

  get #agents() {
    this.#state.agents ??= {}
    return this.#state.agents
  }

  get #told() {
    this.#state.told ??= []
    return this.#state.told
  }

  #back(extension: string, at: number): void {
    delete this.#agents[extension]
    this.#tell(extension, 'available', at)
  }

  #tell(extension: string, state: AgentEvent['state'], at: number, until?: number): void {
    if (state !== 'available') this.#agents[extension] = { state, until: until! }
    this.#emit({
      id: `agent-${extension}-${at}-${state}`,
      type: 'agent.state',
      at: new Date(at).toISOString(),
      extension,
      state,
      ...(until !== undefined && { until: new Date(until).toISOString() }),
    })
  }

  #legAt(call: LiveCall, plan: CallPlan) {
    return { id: legOf(call.id, plan.direction === 'outbound' ? 1 : 2), extension: plan.extension! }
  }

  #pickUp(call: LiveCall, leg: NonNullable<LiveCall['agentLeg']>): void {
    if (call.agentLeg) this.#putDown(call, call.agentLeg.extension)
    call.agentLeg = leg
    remember(this.#phones, leg.extension, () => []).push(call)
  }

  #putDown(call: LiveCall, extension: string): void {
    const rest = (this.#phones.get(extension) ?? []).filter(other => other !== call)
    if (rest.length > 0) this.#phones.set(extension, rest)
    else this.#phones.delete(extension)
  }

  #happens(call: LiveCall, body: EventBody, at: number): void {
    if (body.type === 'call.queued') {
      call.waiting = true
      this.#waiting.enter(call)
    }
    if (body.type === 'call.connected') call.connectedAt ??= at
    if (body.type === 'call.recording') this.#remember(this.#state.recordings, recordingOf(call, body, at))
    call.events += 1
    const event = { id: `${call.id}.${call.events}`, callId: call.id, at: new Date(at).toISOString(), ...body }
    this.#told.push(event)
    if (this.#told.length > eventsRemembered) this.#told.shift()
    this.#emit(event)
  }

  #transfer(call: LiveCall, { at, transfer }: Extract<Step, { transfer: unknown }>): void {
    const from = call.agentLeg!
    const to = transfer.to ?? this.#free(colleagues(from.extension).map(({ extension }) => extension))
    if (!to || this.callAt(to)) return
    call.legs += 1
    const legId = legOf(call.id, call.legs)
    this.#happens(call, { type: 'call.transferred', legId: from.id, toLegId: legId, extension: from.extension }, at)
    this.#happens(call, { type: 'call.leg_ended', legId: from.id, extension: from.extension, cause: '16' }, at)
    this.#pickUp(call, { id: legId, extension: to })
    const { ringMs, talkMs } = transfer
    const rest = { ...call.plan, ringMs, talkMs, transfer: null, hold: null, consent: null }
    call.steps = agentSteps(legId, rest, to, at + 300)
  }

  #end(call: LiveCall, outcome: PbxOutcome, cause: string, at: number): void {
    if (call.agentLeg) {
      const { id, extension } = call.agentLeg
      this.#happens(call, { type: 'call.leg_ended', legId: id, extension, cause }, at)
    }
    const customerLeg = legOf(call.id, call.plan.direction === 'outbound' ? 2 : 1)
    this.#happens(call, { type: 'call.leg_ended', legId: customerLeg, cause }, at)
    this.#happens(call, { type: 'call.ended', legId: legOf(call.id, 1), outcome, cause }, at)
    if (call.agentLeg) this.#putDown(call, call.agentLeg.extension)
    this.#waiting.leave(call)
    call.endedAt = at
    call.waiting = false
    call.steps = closingSteps(call, outcome, at)
    this.#remember(this.#state.recent, recordOf(call, outcome, at))
    // After a talk there is something to write down.
    if (call.agentLeg && call.connectedAt !== null) this.#tell(call.agentLeg.extension, 'wrap_up', at, at + wrapUpMs)
  }

  /** Gives waiting callers, longest first, to whoever of the team is free. */
  #offerWaiting(at: number): void {
    const free = (extensions: readonly string[]) => this.#free(extensions)
    for (let next = this.#waiting.next(free); next; next = this.#waiting.next(free)) {
      const { call, extension } = next
      this.#waiting.leave(call)
      call.waiting = false
      this.#pickUp(call, { id: legOf(call.id, 2), extension })
      call.steps = agentSteps(call.agentLeg!.id, call.plan, extension, at + offerMs)
      this.#agenda.note(call)
    }
  }

  /** Of these, one who is not on a call: the one who has not had a call for the longest time. */
  #free(extensions: readonly string[]): string | undefined {
    const lastCall = (extension: string) => this.#state.recent.findLastIndex(call => call.extension === extension)
    const atDesk = (extension: string) => !this.callAt(extension) && this.stateOf(extension) !== 'away'
    const free = extensions.filter(atDesk)
    return free.length <= 1 ? free[0] : free.sort((a, b) => lastCall(a) - lastCall(b))[0]
  }

  #remember<T>(list: T[], entry: T): void {
    list.push(entry)
    if (list.length > remembered) list.shift()
  }
}

/** A queued call takes its agent later; a caller who hears the busy tone takes nobody. */
const takesTheAgent = ({ queue, extension, direction, outcome }: CallPlan) =>
  extension !== null && queue === null && (direction === 'outbound' || outcome !== 'busy')

const recordingOf = (call: LiveCall, { seconds }: EventBody, at: number): RecordingEntry => ({
  id: call.id,
  callId: call.id,
  seconds: seconds ?? 0,
  createdAt: new Date(at).toISOString(),
  consent: 'granted',
})

const recordOf = (call: LiveCall, outcome: PbxOutcome | null, at: number | null): CallRecord => ({
  id: call.id,
  direction: call.plan.direction,
  from: call.plan.from,
  to: call.plan.to,
  extension: call.agentLeg?.extension ?? null,
  queue: call.plan.queue,
  line: call.plan.line,
  startedAt: new Date(call.startedAt).toISOString(),
  endedAt: at === null ? null : new Date(at).toISOString(),
  talkSeconds: call.connectedAt === null || at === null ? 0 : Math.round((at - call.connectedAt) / 1000),
  outcome,
})
