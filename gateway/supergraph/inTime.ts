import { unavailable } from '../../kernel/errors.js'
import type { SubgraphResult } from '../../kernel/subgraph/index.js'

/**
 * The answer, or UNAVAILABLE once `ms` have passed: one subgraph that hangs must not hang what the others answered. What comes later is
 * given to `discard`.
 */
export function inTime<T>(
  answer: Promise<T>,
  ms: number,
  name: string,
  discard?: (late: T) => void,
): Promise<T | SubgraphResult> {
  return new Promise((resolve, reject) => {
    let late = false
    const timer = setTimeout(() => {
      late = true
      resolve(down(name))
    }, ms)
    answer.then(value => (late ? discard?.(value) : resolve(value)), reject).finally(() => clearTimeout(timer))
  })
}

/** The answer of a subgraph that cannot be reached. */
export function down(name: string): SubgraphResult {
  const { message, extensions } = unavailable(`The part "${name}"`)
  return { errors: [{ message, extensions }] }
}
