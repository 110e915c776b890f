import type { CallFact } from '../../../../kernel/ports/index.js'
import type { Difference, Told } from '../differences.js'
import type { Telling } from '../line.js'
import type { WhyLinked } from '../whyLinked.js'
import { isWorthSaying } from './late.js'
import type { Names } from './names.js'

export function inEnglish(telling: Telling, names: Names): string {
  switch (telling.stage) {
    case 'HEARD':
      return [
        `${capital(said(telling.fact, names))}.`,
        late(telling.lateSeconds),
        effect(telling.changed, telling.again, names),
      ]
        .filter(Boolean)
        .join(' ')
    case 'LINK':
      return linked(telling.why, somebody(telling.by, names))
    case 'SCREEN':
      return telling.customers === 1
        ? `It opened the customer to ${somebody(telling.personId, names)} until ${names.time(telling.until)}.`
        : telling.customers === 0
          ? `It opened itself to ${somebody(telling.personId, names)} until ${names.time(telling.until)}; there was no customer to show.`
          : `It opened the masked names of ${telling.customers} candidates to ${somebody(telling.personId, names)} until ${names.time(telling.until)}.`
    case 'AUDIT':
      return acted(
        telling.action,
        telling.fields,
        telling.actorId === null ? 'the hub' : somebody(telling.actorId, names),
      )
    case 'NOTE':
      return NOTES[telling.note]
  }
}

const NOTES = {
  EXPIRED: 'What the phone system said of this call is no longer kept, or not all of it.',
  LOADED: 'This call was loaded as history: the phone system told of it only when it was over.',
  CUT: 'The phone system said more of this call than is told here.',
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
const somebody = (id: string | null, names: Names): string => (id === null ? null : names.person(id)) ?? 'somebody'
const phone = (extension: string | undefined, names: Names): string =>
  extension === undefined ? 'a phone' : `the phone of ${names.who(extension) ?? 'a colleague'}`

function said(fact: CallFact, names: Names): string {
  const { from, to, extension, queue, line, cause, outcome } = fact
  const ends = [
    from !== undefined && `from ${names.number(from)}`,
    to !== undefined && `to ${names.number(to)}`,
    line !== undefined && names.line(line) !== null && `by line ${names.line(line)}`,
  ]
  const why = [outcome && OUTCOMES[outcome], cause !== undefined && `cause ${cause}`].filter(Boolean).join(', ')
  const because = why === '' ? '' : ` (${why})`
  const at = extension === undefined ? '' : ` at ${phone(extension, names)}`
  switch (fact.kind) {
    case 'LEG_STARTED': {
      const what = fact.direction === undefined ? 'a leg began' : `${article(fact.direction)} leg began`
      return [`${what}${at}`, ...ends].filter(Boolean).join(' ')
    }
    case 'QUEUED':
      return `it waits in the queue${queue === undefined ? '' : ` ${queue}`}`
    case 'DIALING':
      return ['dialling', to === undefined ? phone(extension, names) : names.number(to)].join(' ')
    case 'RINGING':
      return extension === undefined ? 'the other side rings' : `${phone(extension, names)} rings`
    case 'ANSWERED':
      return extension === undefined ? 'it was picked up' : `${phone(extension, names)} was picked up`
    case 'CONNECTED':
      return `two parties hear each other${extension === undefined ? '' : `, one ${at.trim()}`}`
    case 'HELD':
      return 'it was put on hold'
    case 'RESUMED':
      return 'it was taken off hold'
    case 'TRANSFERRED':
      return `it was passed on${to === undefined ? '' : ` to ${names.number(to)}`}`
    case 'LEG_ENDED':
      return `a leg was hung up${at}${because}`
    case 'ENDED':
      return fact.outcome === 'LOST'
        ? 'the phone system knows nothing of this call any more'
        : `the call is over${because}`
    case 'SUMMARY':
      return `the phone system's own record${fact.legId === undefined ? '' : ' of a leg'} came${because}`
    case 'RECORDING':
      return 'a recording is ready'
    case 'CONSENT':
      return `consent to recording: ${(fact.consent ?? 'unknown').toLowerCase()}`
    case 'FEEDBACK':
      return `the ${fact.by === 'CUSTOMER' ? 'customer' : 'agent'} gave feedback${fact.rating === undefined ? '' : `: ${fact.rating}`}`
  }
}

const article = (direction: keyof typeof DIRECTIONS): string => `an ${DIRECTIONS[direction]}`

function late(seconds: number): string {
  if (!isWorthSaying(seconds)) return ''
  return seconds > 0
    ? `The hub heard of it ${span(seconds)} later.`
    : `By the hub's clock it is still to come in ${span(-seconds)}: the clock of the phone system is ahead.`
}

function span(seconds: number): string {
  const [amount, unit] =
    seconds < 120
      ? [seconds, 'second']
      : seconds < 7200
        ? [Math.round(seconds / 60), 'minute']
        : seconds < 172_800
          ? [Math.round(seconds / 3600), 'hour']
          : [Math.round(seconds / 86_400), 'day']
  return `${amount} ${unit}${amount === 1 ? '' : 's'}`
}

function effect(changed: readonly Difference[], again: boolean, names: Names): string {
  if (changed.length === 0) return again ? 'Heard again; it changed nothing.' : 'It changed nothing.'
  return `Changed: ${changed.map(one => difference(one, names)).join('; ')}.`
}

function difference({ what, from, to }: Difference, names: Names): string {
  if (what === 'legs') return 'its legs'
  if (what === 'recording') return 'there is a recording'
  if (what === 'feedback') return 'its feedback'
  const [before, after] = [from, to].map(value => (value === null ? 'unknown' : wordOf(what, value, names)))
  if (from === null) return `${WHAT[what]} ${after}`
  return `${WHAT[what]} ${before} → ${after}`
}

type Plain = Exclude<Told, 'legs' | 'recording' | 'feedback'>

function wordOf(what: Plain, value: string, names: Names): string {
  switch (what) {
    case 'direction':
      return DIRECTIONS[value as keyof typeof DIRECTIONS] ?? value
    case 'status':
      return STATES[value] ?? value
    case 'outcome':
      return OUTCOMES[value] ?? value
    case 'customerNumber':
      return names.number(value)
    case 'lineId':
      return names.line(value) ?? 'not shown to you'
    case 'agentExtension':
      return names.who(value) ?? 'a colleague'
    case 'startedAt':
    case 'ringingAt':
    case 'answeredAt':
    case 'heldAt':
    case 'endedAt':
      return names.time(value)
    case 'talkSeconds':
      return `${value} s`
    case 'queue':
    case 'consent':
    case 'hangupCause':
      return value
  }
}

const WHAT: Record<Plain, string> = {
  direction: 'direction',
  status: 'state',
  outcome: 'outcome',
  customerNumber: "the customer's number",
  lineId: 'line',
  queue: 'queue',
  agentExtension: 'agent',
  startedAt: 'begun at',
  ringingAt: 'rang at',
  answeredAt: 'answered at',
  heldAt: 'on hold since',
  endedAt: 'over at',
  talkSeconds: 'talk',
  hangupCause: 'cause',
  consent: 'consent',
}

const DIRECTIONS = { INBOUND: 'inbound', OUTBOUND: 'outbound', INTERNAL: 'internal' }

const STATES: Record<string, string> = {
  DIALING: 'being set up',
  QUEUED: 'waiting in a queue',
  RINGING: 'ringing',
  ANSWERED: 'answered',
  HELD: 'on hold',
  ENDED: 'over',
}

const OUTCOMES: Record<string, string> = {
  ANSWERED: 'answered',
  NO_ANSWER: 'nobody answered',
  ABANDONED: 'the caller gave up',
  BUSY: 'busy',
  CANCELLED: 'cancelled',
  CONGESTION: 'no way through the network',
  NOT_FOUND: 'no such number',
  FORWARDED: 'forwarded',
  VOICEMAIL: 'went to a voice mailbox',
  FAILED: 'failed',
  LOST: 'its end was never reported',
  OTHER: 'other',
}

function linked(why: WhyLinked, by: string): string {
  switch (why.kind) {
    case 'NUMBER':
      return 'Linked by itself: one customer has its number.'
    case 'LEARNT':
      return 'Linked by itself: its number became that of a customer, and of one only.'
    case 'PERSON':
      return `Linked by ${by}, who chose the customer. That stays until somebody changes it.`
    case 'SEVERAL':
      return `Not linked: ${why.candidates} customers have its number, and nobody has chosen yet.`
    case 'NOBODY':
      return 'Not linked: no customer has its number. It will be by itself once one does.'
    case 'NO_NUMBER':
      return 'Not linked: no number was told.'
    case 'NOT_A_NUMBER':
      return 'Not linked: what was told in place of a number is none.'
    case 'INTERNAL':
      return 'Not linked: it is a call between colleagues.'
  }
}

function acted(action: string, fields: readonly string[], who: string): string {
  const named = fields.length > 0 ? `: ${fields.join(', ')}` : ''
  switch (action) {
    case 'Call.created':
      return 'The hub entered the call.'
    case 'Call.ended':
      return 'The hub entered its end.'
    case 'Call.unlinked':
      return 'Unlinked by the hub: its number turned out to be another one.'
    case 'Call.placed':
      return `Placed by ${who}.`
    case 'Call.notPlaced':
      return 'The phone system did not take it.'
    case 'Call.hungUp':
      return `The phone system was told to end it, by ${who}.`
    case 'Call.refused':
      return `${capital(who)} wanted to ring back, and was refused.`
    case 'Call.updated':
      return `Changed by ${who}${named}.`
    case 'Call.revealed':
      return `Read in full by ${who}${named}.`
    default:
      return `${action}, by ${who}${named}.`
  }
}
