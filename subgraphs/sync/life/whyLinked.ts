import type { Call } from '../../call/index.js'

/** Why a call has a customer, or has none. */
export type WhyLinked =
  /** One customer had its number as it came in. */
  | { kind: 'NUMBER' }
  /** Its number became a customer's later. */
  | { kind: 'LEARNT' }
  | { kind: 'PERSON' }
  /** Several have its number, and nobody has chosen. */
  | { kind: 'SEVERAL'; candidates: number }
  | { kind: 'NOBODY' }
  | { kind: 'NO_NUMBER' }
  /** What was told in place of a number is none. */
  | { kind: 'NOT_A_NUMBER' }
  | { kind: 'INTERNAL' }

export type Linkable = Pick<
  Call,
  'direction' | 'phoneMasked' | 'phoneIndex' | 'customerId' | 'linkedBy' | 'candidateIds'
>

/** Why a call is linked as it is. `learnt`: the audit says that it was linked by itself after it had come in. Pure. */
export function whyLinked(call: Linkable, learnt: boolean): WhyLinked {
  if (call.direction === 'INTERNAL') return { kind: 'INTERNAL' }
  if (call.customerId !== null) {
    if (call.linkedBy === 'PERSON') return { kind: 'PERSON' }
    return { kind: learnt ? 'LEARNT' : 'NUMBER' }
  }
  if (call.candidateIds.length > 0) return { kind: 'SEVERAL', candidates: call.candidateIds.length }
  if (call.phoneMasked === null) return { kind: 'NO_NUMBER' }
  return { kind: call.phoneIndex === null ? 'NOT_A_NUMBER' : 'NOBODY' }
}
