import { maskFreeText, maskPhone } from '../../kernel/mask/index.js'
import type { CallFact, FactKind } from '../../kernel/ports/index.js'
import { onOneLine } from '../../kernel/text.js'

/** Longer than any extension. */
const OUTSIDE = /\d{7}/

const WORDS: Record<FactKind, (fact: Said) => string> = {
  LEG_STARTED: ({ from, to, line }) =>
    `a leg begins${part(' from ', from)}${part(' to ', to)}${part(' on line ', line)}`,
  QUEUED: ({ queue }) => `waits in queue${part(' ', queue)}`,
  DIALING: ({ to, extension }) => `dials${part(' ', extension ?? to)}`,
  RINGING: ({ extension }) => `rings${part(' at ', extension)}`,
  ANSWERED: ({ extension }) => `picked up${part(' by ', extension)}`,
  CONNECTED: ({ extension }) => `connected${part(' with ', extension)}`,
  HELD: () => 'on hold',
  RESUMED: () => 'back from hold',
  TRANSFERRED: ({ to }) => `handed over${part(' to ', to)}`,
  LEG_ENDED: ({ extension, cause }) => `a leg is over${part(' at ', extension)}${part(', cause ', cause)}`,
  ENDED: ({ outcome }) => `over${part(': ', outcome?.toLowerCase())}`,
  SUMMARY: ({ outcome, talkSeconds }) =>
    `its record${part(': ', outcome?.toLowerCase())}${part(', talked seconds: ', talkSeconds?.toString())}`,
  RECORDING: () => 'is recorded',
  CONSENT: ({ consent }) => `consent${part(' ', consent?.toLowerCase())}`,
  FEEDBACK: ({ by, rating }) => `feedback${part(' of the ', by?.toLowerCase())}${part(': ', rating?.toString())}`,
}

type Said = Pick<
  CallFact,
  'from' | 'to' | 'line' | 'queue' | 'extension' | 'cause' | 'outcome' | 'talkSeconds' | 'consent' | 'by' | 'rating'
>

/** One fact as a line for whoever connects the system, its numbers masked: `10:02:11  a leg begins from 138****5678`. */
export function inWords(fact: CallFact, timeZone: string): string {
  const time = new Date(fact.at).toLocaleTimeString('en-GB', { timeZone })
  const said = { ...fact, from: shown(fact.from), to: shown(fact.to), extension: shown(fact.extension) }
  return maskFreeText(
    onOneLine(`${time}  ${fact.direction?.toLowerCase().concat(', ') ?? ''}${WORDS[fact.kind](said)}`),
  )
}

const part = (before: string, text: string | undefined): string => (text ? `${before}${text}` : '')

/** Numbers of people are masked, extensions are not; what is neither is hidden. */
function shown(number: string | undefined): string | undefined {
  if (number === undefined) return undefined
  if (OUTSIDE.test(number)) return maskPhone(number)
  return /^[\d*#]{1,6}$/.test(number) ? number : '****'
}
