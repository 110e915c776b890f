import { badInput } from '../../kernel/errors.js'
import type { DialOrder } from '../../kernel/ports/index.js'
import type { DialSettings } from './dialSettings.js'

/** The variable by which a call that the hub placed knows whom it is for, whatever the dial plan makes of the number. */
export const NUMBER_VARIABLE = 'hub_number'

const CALL_ID = /^[\w-]{1,100}$/
const EXTENSION = /^[\w.-]{1,40}$/
const SHOWN = /^[\w*#+.-]{1,40}$/

export const outsideNumber = (text: string): boolean => /^\+?[\d*#]{2,32}$/.test(text)

/**
 * What places the call: FreeSWITCH rings the agent's phone as the call's first leg, whose id is the one that the hub chose, and calls the number once
 * it is answered. The agent's phone is never told the number: not as the caller's, and not by what is sent to phones when two legs are
 * joined (display updates).
 */
export function originate(dial: DialSettings, order: DialOrder): string {
  const { callId, extension, number, shownAs } = checked(order)
  const variables = variablesOf({
    origination_uuid: callId,
    origination_caller_id_number: shownAs,
    origination_caller_id_name: shownAs,
    ignore_display_updates: 'true',
    ignore_early_media: 'true',
    hangup_after_bridge: 'true',
    originate_timeout: String(dial.ringSeconds),
    [NUMBER_VARIABLE]: number,
    // Of the legs that the dial plan calls, too.
    ...(dial.dialplan && { export_vars: NUMBER_VARIABLE }),
  })
  return `originate {${variables}}${dial.endpoint.replace('{extension}', extension)} ${onward(dial, extension, number)}`
}

function onward({ gateway, dialplan, callerId }: DialSettings, extension: string, number: string): string {
  if (dialplan) return `${dialplan.prefix}${number} XML ${dialplan.context}`
  const shown = variablesOf({
    // Otherwise the customer would be shown what the agent is: the masked number.
    origination_caller_id_number: callerId ?? extension,
    origination_caller_id_name: callerId ?? extension,
    [NUMBER_VARIABLE]: number,
  })
  return `&bridge([${shown}]${gateway!.replace('{number}', number)})`
}

const variablesOf = (variables: Record<string, string>): string =>
  Object.entries(variables)
    .map(([name, value]) => `${name}=${value}`)
    .join(',')

/** In this text a comma, a brace or a space means something: nothing goes in that has any. */
function checked(order: DialOrder): DialOrder {
  const { callId, extension, number, shownAs } = order
  if (!isCallId(callId)) throw badInput('callId', 'The id of a call has letters, digits and hyphens only.')
  if (!EXTENSION.test(extension)) throw badInput('extension', 'This extension is none that FreeSWITCH could ring.')
  if (!outsideNumber(number)) throw badInput('number', 'This number is none that FreeSWITCH could dial.')
  if (!SHOWN.test(shownAs)) throw badInput('shownAs', 'What the phone is shown must be digits and stars.')
  return order
}

export const isCallId = (text: string): boolean => CALL_ID.test(text)
