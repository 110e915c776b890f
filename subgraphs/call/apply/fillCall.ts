import type { Kernel } from '../../../kernel/context/index.js'
import type { Call } from '../call/call.entity.js'
import type { CallState } from '../call/callState.js'
import { CallDirection, type CallOutcome, type CallStatus, type FeedbackSource } from '../call/enums.js'
import { clearCustomer, setCustomer, subjectOf } from '../call/setCustomer.js'
import type { StoredLeg } from '../call/storedLeg.js'
import type { Incoming } from './applyFacts.js'
import { type Party, partyOf } from './party.js'

const date = (text: string | undefined): Date | null => (text === undefined ? null : new Date(text))

/** Writes what was folded into the call's row, its personal values encrypted. */
export async function fillCall(kernel: Kernel, call: Call, incoming: Incoming): Promise<void> {
  const { state, party, desks, customers } = incoming
  const agent = desks.agentAt(state, state.agentExtension)
  call.direction = state.direction as CallDirection
  call.status = state.status as CallStatus
  call.outcome = (state.outcome as CallOutcome | undefined) ?? null
  call.hangupCause = state.hangupCause ?? null
  // Whoever is heard of again has the team in which they were heard of first: a call does not move with its agent.
  const known = agent !== null && agent.id === call.agentId
  call.agentId = agent?.id ?? null
  if (!known || call.teamId === null) call.teamId = agent?.teamId ?? desks.teamOfQueue(state)
  call.queue = state.queue ?? null
  call.lineId = state.lineId ?? null
  call.startedAt = new Date(state.startedAt)
  call.ringingAt = date(state.ringingAt)
  call.answeredAt = date(state.answeredAt)
  call.endedAt = date(state.endedAt)
  call.ringSeconds = state.ringSeconds ?? null
  call.talkSeconds = state.talkSeconds ?? null
  call.durationSeconds = state.durationSeconds ?? null
  call.feedback = state.feedback.map(({ by, rating, note, at }) => ({
    source: by as FeedbackSource,
    rating: rating ?? null,
    note: note ?? null,
    at,
  }))
  if (call.linkedBy === 'NUMBER' && call.phoneIndex !== (party?.index ?? null)) clearCustomer(call)
  // Whose it is first: its number is then under their key from the beginning.
  if (call.linkedBy !== 'PERSON' && !call.customerId) await match(kernel, call, incoming)
  await setParty(kernel, call, party)
  call.legs = await Promise.all(state.legs.map(leg => storedLeg(kernel, call, leg, desks, state)))
  if (state.recording && !call.recordingCipher)
    call.recordingCipher = await kernel.dataKeys.encryptFor(subjectOf(call), state.recording)
  if (customers.length <= 1) call.candidateIds = []
}

/** One customer with this number: the call is theirs. Several: nobody has chosen yet. None: it stays unlinked until the number is known. */
async function match(kernel: Kernel, call: Call, { customers }: Incoming): Promise<void> {
  if (call.direction === CallDirection.INTERNAL) return
  if (customers.length === 1) await setCustomer(kernel, call, customers[0]!, 'NUMBER')
  else call.candidateIds = customers.map(({ id }) => id)
}

async function setParty(kernel: Kernel, call: Call, party: Party | null): Promise<void> {
  if (!party) return
  const same = call.phoneMasked === party.masked && (call.phoneIndex ?? null) === party.index && call.phoneCipher
  if (same) return
  call.phoneMasked = party.masked
  call.phoneIndex = party.index
  call.phoneKind = party.kind
  call.phoneRegion = party.region
  call.phoneCarrier = party.carrier
  call.phoneCipher = await kernel.dataKeys.encryptFor(subjectOf(call), party.value)
}

async function storedLeg(
  kernel: Kernel,
  call: Call,
  leg: CallState['legs'][number],
  desks: Incoming['desks'],
  state: CallState,
): Promise<StoredLeg> {
  const agent = desks.agentAt(state, leg.extension)
  const known = call.legs.find(({ id }) => id === leg.id)
  const party = agent ? null : partyOf(kernel, leg.number)
  return {
    id: leg.id,
    agentId: agent?.id ?? null,
    teamId: agent && known?.agentId === agent.id ? known.teamId : (agent?.teamId ?? null),
    party: party && (known?.party?.masked === party.masked ? known.party : await sealed(kernel, call, party)),
    startedAt: leg.startedAt ?? null,
    answeredAt: leg.answeredAt ?? null,
    endedAt: leg.endedAt ?? null,
    transferredTo: leg.transferredTo ?? null,
  }
}

async function sealed(
  kernel: Kernel,
  call: Call,
  { value, masked, kind, region, carrier }: Party,
): Promise<StoredLeg['party']> {
  const cipher = await kernel.dataKeys.encryptFor(subjectOf(call), value)
  return { masked, cipher: cipher.toString('base64'), kind, region, carrier }
}
