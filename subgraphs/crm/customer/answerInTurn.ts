/**
 * What of several questions is answered when only `left` may come back empty: each in its turn, and none (null) once that many were
 * in vain.
 */
export function answerInTurn<T>(
  found: readonly (readonly T[])[],
  left: number,
): { answers: (T[] | null)[]; misses: number } {
  let misses = 0
  const answers = found.map(rows => {
    if (misses >= left) return null
    if (rows.length === 0) misses++
    return [...rows]
  })
  return { answers, misses }
}
