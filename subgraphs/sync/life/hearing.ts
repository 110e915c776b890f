import type { CallFact } from '../../../kernel/ports/index.js'
import { type CallState, foldCall, type HeardFact } from '../../call/index.js'
import { type Difference, differences } from './differences.js'

export interface Heard {
  fact: CallFact
  heardAt: Date
  /** How much later than it happened the hub heard of it; negative where the system's clock is ahead. */
  lateSeconds: number
  /** Another message had said just the same. */
  again: boolean
  changed: Difference[]
}

/**
 * What each fact changed, of facts in the order in which they were heard: the call is made anew of one more of them each time. So a late fact
 * shows what it put right, and one that only says again what is known changes nothing. Pure.
 */
export function hearing(told: readonly HeardFact[]): Heard[] {
  const said = new Set<string>()
  const known: CallFact[] = []
  let state: CallState | null = null
  return told.map(({ fact, heardAt }) => {
    const { key: _key, ...content } = fact
    const text = JSON.stringify(Object.entries(content).sort(([a], [b]) => (a < b ? -1 : 1)))
    const again = said.has(text)
    said.add(text)
    known.push(fact)
    const before = state
    state = foldCall(known)
    const lateSeconds = Math.round((heardAt.getTime() - Date.parse(fact.at)) / 1000)
    return { fact, heardAt, lateSeconds, again, changed: differences(before, state) }
  })
}
