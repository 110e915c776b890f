/**
 * What the answer to a batch means. `misplaced`: the hub does not know this sender or its secret (yet); the events are kept
 * and offered again slowly. `refused`: this very body will never be taken. Everything else passes with time.
 */
export type Verdict = 'delivered' | 'refused' | 'misplaced' | 'later'

export function verdictOf(status: number): Verdict {
  if (status >= 200 && status < 300) return 'delivered'
  if (status === 401 || status === 403 || status === 404) return 'misplaced'
  if (status === 408 || status === 425 || status === 429) return 'later'
  return status >= 400 && status < 500 ? 'refused' : 'later'
}
