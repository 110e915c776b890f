import { z } from 'zod'
import { HubError } from '../../kernel/errors.js'
import type { Dialler, DialOrder } from '../../kernel/ports/index.js'
import { type Answer, ask, type Door, unexpected, unreachable } from './ask.js'

/** What a system may say of a call that it does not take, and what that means for who asked for it. */
const REFUSALS: Record<string, string> = {
  agent_busy: 'Your phone is busy.',
  no_such_extension: 'The phone system does not know your extension.',
  number_refused: 'The phone system does not dial this number.',
  no_line: 'The phone system has no line free.',
}

const refusal = z.object({ error: z.string() })

/** Places and ends calls of a system that keeps to the protocol of docs/hooks.md. */
export const diallerOf = (door: Door): Dialler => ({
  place: async ({ callId, extension, number, shownAs }: DialOrder) => {
    const asked = { method: 'POST', path: '/originate', body: { callId, extension, number, shownAs } } as const
    const answer = await ask(door, asked)
    if (!isGood(answer)) throw refused(answer)
  },
  hangUp: async callId => {
    // In a path they lead elsewhere, however they are written.
    if (callId === '.' || callId === '..') throw unreachable('it gave the call an id that cannot stand in an address')
    const answer = await ask(door, { method: 'POST', path: `/calls/${encodeURIComponent(callId)}/hangup` })
    // 404: there is no such call, so that it is over.
    if (!isGood(answer) && answer.status !== 404) throw unexpected(answer.status)
  },
})

const isGood = ({ status }: Answer): boolean => status >= 200 && status < 300

function refused({ status, json }: Answer): HubError {
  const word = refusal.safeParse(json).data?.error ?? ''
  const message = Object.hasOwn(REFUSALS, word) ? REFUSALS[word] : undefined
  return message === undefined ? unexpected(status) : new HubError('UNAVAILABLE', message)
}
