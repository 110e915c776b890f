import { type ErrorCode, HubError } from '../../../kernel/errors.js'
import type { DialRules } from '../../../kernel/ports/index.js'
import type { Refusal } from './gate.js'

const CODES: Record<Refusal, ErrorCode> = {
  DO_NOT_CALL: 'FORBIDDEN',
  NO_CONSENT: 'FORBIDDEN',
  NOT_DIALABLE: 'BAD_USER_INPUT',
  OUTSIDE_HOURS: 'FORBIDDEN',
  TOO_OFTEN: 'FORBIDDEN',
  IN_CALL: 'CONFLICT',
  AGENT_BUSY: 'CONFLICT',
  NO_EXTENSION: 'FORBIDDEN',
  NO_PHONE_SYSTEM: 'CONFLICT',
}

/** The refusal as the client sees it; `extensions.reason` names it for programs. */
export const refused = (reason: Refusal, rules: DialRules): HubError =>
  new HubError(CODES[reason], messageOf(reason, rules), {
    reason,
    ...(reason === 'NOT_DIALABLE' && { field: 'input' }),
  })

function messageOf(reason: Refusal, { hours, days, perDay }: DialRules): string {
  switch (reason) {
    case 'DO_NOT_CALL':
      return 'This customer wants no calls.'
    case 'NO_CONSENT':
      return 'This customer has not agreed to be called, or does no longer.'
    case 'NOT_DIALABLE':
      return 'There is no number here that could be dialled.'
    case 'OUTSIDE_HOURS':
      return `Customers are called from ${clock(hours.from)} to ${clock(hours.to)}${days.length < 7 ? ', on certain days' : ''}. Try again then.`
    case 'TOO_OFTEN':
      return `They have been called ${perDay === 1 ? 'once' : `${perDay} times`} today. Try again tomorrow.`
    case 'IN_CALL':
      return 'Somebody is talking with them, or ringing them, at this moment.'
    case 'AGENT_BUSY':
      return 'You are in a call. End it first.'
    case 'NO_EXTENSION':
      return 'You have no extension that could ring. Ask an administrator for one.'
    case 'NO_PHONE_SYSTEM':
      return 'None of the connected phone systems can do this.'
  }
}

const clock = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
