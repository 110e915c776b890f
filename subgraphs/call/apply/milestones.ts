import type { CallState } from '../call/callState.js'
import { CallEventKind } from '../call/enums.js'

export interface Milestone {
  kind: CallEventKind
  at: number
  /** Tells milestones of one kind apart, where a call may pass several. */
  key: string
}

/** What a call has been through, in the order of time. Each milestone is told to subscribers once. */
export function milestonesOf(state: CallState): Milestone[] {
  const found: Milestone[] = []
  const add = (kind: CallEventKind, at: string | undefined, key: string = kind) => {
    if (at !== undefined) found.push({ kind, at: Date.parse(at), key })
  }
  add(CallEventKind.DIALING, state.startedAt)
  add(CallEventKind.QUEUED, state.queuedAt)
  for (const { extension, at } of state.offeredTo) add(CallEventKind.RINGING, at, `RINGING ${extension}`)
  if (state.offeredTo.length === 0) add(CallEventKind.RINGING, state.ringingAt)
  add(CallEventKind.ANSWERED, state.answeredAt)
  for (const leg of state.legs)
    if (leg.transferredTo) add(CallEventKind.TRANSFERRED, leg.endedAt ?? state.answeredAt, `TRANSFERRED ${leg.id}`)
  if (state.status === 'HELD') add(CallEventKind.HELD, state.heldAt, `HELD ${state.heldAt}`)
  add(CallEventKind.ENDED, state.endedAt)
  if (state.recording) add(CallEventKind.RECORDING_READY, state.endedAt ?? state.startedAt)
  for (const { at, by } of state.feedback) add(CallEventKind.FEEDBACK, at, `FEEDBACK ${by} ${at}`)
  return found.sort((a, b) => a.at - b.at || RANK.indexOf(a.kind) - RANK.indexOf(b.kind))
}

/** Order of milestones that share a moment. */
const RANK = Object.values(CallEventKind)
