import type { LoadProblem } from '../../../kernel/ports/index.js'
import { remember } from '../../../kernel/remember.js'

/** A customer who has a number. */
export interface Holder {
  id: string
  /** They have an id in the system that is loaded from. */
  isNamed: boolean
}

/** What is known when a record comes; later records of the same batch see what became of earlier ones. */
export interface Known {
  /** Customers by their id in that system. */
  byExternalId: Map<string, string>
  /** By blind index of a mobile number. */
  holders: Map<string, Holder[]>
}

export type Match =
  | { kind: 'KNOWN'; id: string }
  | { kind: 'LINK'; id: string }
  | { kind: 'CREATE'; shared: boolean }
  | { kind: 'REJECT'; problem: LoadProblem }

/**
 * Whose record it is. A known id decides. Else a mobile that exactly one customer has links the record to them, unless they have another id in
 * that system already: families and switchboards share numbers, and are not made one by a list. A record without an id is recognised by its
 * mobile alone.
 */
export function matchCustomer(
  { externalId, mobiles }: { externalId: string | null; mobiles: readonly string[] },
  { byExternalId, holders }: Known,
): Match {
  const known = externalId === null ? undefined : byExternalId.get(externalId)
  if (known !== undefined) return { kind: 'KNOWN', id: known }
  const candidates = [...new Set(mobiles.flatMap(mobile => holders.get(mobile) ?? []))]
  const [one] = candidates
  if (externalId !== null) {
    const links = candidates.length === 1 && !one!.isNamed
    return links ? { kind: 'LINK', id: one!.id } : { kind: 'CREATE', shared: candidates.length > 0 }
  }
  if (candidates.length > 1) return { kind: 'REJECT', problem: { field: 'id', reason: 'SEVERAL_CUSTOMERS' } }
  if (one) return { kind: 'KNOWN', id: one.id }
  if (mobiles.length === 0) return { kind: 'REJECT', problem: { field: 'id', reason: 'MISSING' } }
  return { kind: 'CREATE', shared: false }
}

/** Tells the records behind it whose this one is now. */
export function settleMatch(
  { byExternalId, holders }: Known,
  { externalId, mobiles }: { externalId: string | null; mobiles: readonly string[] },
  id: string,
): void {
  if (externalId !== null) byExternalId.set(externalId, id)
  const known = mobiles.flatMap(mobile => holders.get(mobile) ?? []).find(one => one.id === id)
  const holder = known ?? { id, isNamed: false }
  holder.isNamed ||= externalId !== null
  for (const mobile of mobiles) {
    const all = remember(holders, mobile, () => [])
    if (!all.includes(holder)) all.push(holder)
  }
}
