import type { CallState } from '../../call/index.js'

/** What can differ of a call between two moments, in the order in which it is told. */
const TOLD = [
  'direction',
  'status',
  'outcome',
  'customerNumber',
  'lineId',
  'queue',
  'agentExtension',
  'startedAt',
  'ringingAt',
  'answeredAt',
  'heldAt',
  'endedAt',
  'talkSeconds',
  'hangupCause',
] as const satisfies (keyof CallState)[]

export type Told = (typeof TOLD)[number] | 'legs' | 'recording' | 'consent' | 'feedback'

/** One thing that a call is otherwise than before; null where it is not known. Values as the system wrote them. */
export interface Difference {
  what: Told
  from: string | null
  to: string | null
}

/** What became other between two states of a call. `before` is null where nothing was known of it. Pure; equal states differ in nothing. */
export function differences(before: CallState | null, after: CallState): Difference[] {
  const plain = TOLD.map(what => ({ what, from: shown(before?.[what]), to: shown(after[what]) }))
  const rest: Difference[] = [
    { what: 'legs', from: digest(before?.legs ?? []), to: digest(after.legs) },
    { what: 'recording', from: shown(before?.recording), to: shown(after.recording) },
    { what: 'consent', from: shown(before?.consent?.state), to: shown(after.consent?.state) },
    { what: 'feedback', from: String(before?.feedback.length ?? 0), to: String(after.feedback.length) },
  ]
  return [...plain, ...rest].filter(({ from, to }) => from !== to)
}

const shown = (value: string | number | undefined): string | null => (value === undefined ? null : String(value))

/** Legs are told apart and never shown by it. */
const digest = (legs: CallState['legs']): string => JSON.stringify(legs)
