import type { Dialler } from './abilities.js'

/** When and how often customers may be called, as HUB_CONFIG says. */
export interface DialRules {
  /** Minutes since midnight in the hub's zone; `to` itself is no part of it. */
  hours: { from: number; to: number }
  /** 1 is Monday, 7 Sunday. */
  days: readonly number[]
  /** Calls to one number or customer a day. */
  perDay: number
  /** Whether customers must have agreed to be called, or may be until they say no. */
  consent: 'REQUIRED' | 'UNLESS_WITHDRAWN'
}

/** Which phone systems can place calls, and by what. Kept by the sync subgraph, which knows the systems. */
export interface Dialling {
  rules: DialRules
  /** Ids of systems that can place calls, in the order of the configuration. */
  systems(): readonly string[]
  /** null: there is no such system, or it cannot. */
  diallerOf(systemId: string): Dialler | null
}
