/** A stretch of time; one without end lasts. */
export interface Stretch {
  from: Date
  to: Date | null
}

/** Gaps nearer to each other than this are one: a connection that flaps all day long leaves no heap of them. */
export const NEAR_MS = 5 * 60_000

/** Both as one where they touch or nearly do; null where they are two. */
export function joined(a: Stretch, b: Stretch): Stretch | null {
  const [first, second] = a.from <= b.from ? [a, b] : [b, a]
  if (first.to !== null && second.from.getTime() - first.to.getTime() > NEAR_MS) return null
  const to = first.to === null || second.to === null ? null : first.to > second.to ? first.to : second.to
  return { from: first.from, to }
}
