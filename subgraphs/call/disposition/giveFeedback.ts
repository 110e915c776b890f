import type { Change } from '../../../kernel/changes/index.js'
import type { HubContext } from '../../../kernel/context/index.js'
import { badInput } from '../../../kernel/errors.js'
import { Call } from '../call/call.entity.js'
import { CALL_TOPIC } from '../call/callTopic.js'
import { CallEventKind, FeedbackSource } from '../call/enums.js'
import { openCall } from '../call/openCall.js'
import type { CallFeedbackInput } from './callFeedbackInput.js'
import { Disposition } from './disposition.entity.js'

const LONGEST_NOTE = 5000
const HIGHEST_RATING = 100

/** Somebody of the company says how a call went. Saying it again replaces what they said before. */
export async function giveFeedback(ctx: HubContext, input: CallFeedbackInput): Promise<Call | null> {
  check(input)
  const { callId } = input
  await ctx.change(async change => {
    const { em, at } = change
    const call = await openCall(ctx, change, callId, { fields: ['feedback'] })
    if (input.disposition != null) call.disposition = await nameOf(change, input.disposition)
    if (input.note != null || input.rating != null) {
      const { actor } = ctx
      const said = {
        source: FeedbackSource.AGENT,
        rating: input.rating ?? null,
        note: input.note ?? null,
        at: at.toISOString(),
        byId: actor.id,
      }
      call.said = [...call.said.filter(({ byId }) => byId !== actor.id), said]
    }
    call.updatedAt = at
    await em.flush()
    change.emit(CALL_TOPIC, { callId, kind: CallEventKind.FEEDBACK })
  })
  return ctx.reread(Call, callId)
}

function check({ disposition, note, rating }: CallFeedbackInput): void {
  if (disposition == null && note == null && rating == null)
    throw badInput('input', 'Say how it went: give a disposition, a note or a rating.')
  if (note != null && (note.trim() === '' || note.length > LONGEST_NOTE))
    throw badInput('input.note', `A note has 1 to ${LONGEST_NOTE.toLocaleString('en')} characters.`)
  if (rating != null && (rating < 0 || rating > HIGHEST_RATING))
    throw badInput('input.rating', `A rating is a whole number from 0 to ${HIGHEST_RATING}.`)
}

async function nameOf({ em }: Change, id: string): Promise<string> {
  const all = await em.find(Disposition, { active: true }, { orderBy: { position: 'asc', id: 'asc' } })
  const chosen = all.find(disposition => disposition.id === id)
  if (chosen) return chosen.name
  const there = all.map(disposition => `${disposition.id} (${disposition.name})`).join(', ')
  throw badInput(
    'input.disposition',
    there === '' ? 'The list of results is empty: an administrator can add to it.' : `Choose one of ${there}.`,
  )
}
