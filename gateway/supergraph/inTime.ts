import { unavailable } from '../../kernel/errors.js'
import type { SubgraphResult } from '../../kernel/subgraph/index.js'

/** The answer, or UNAVAILABLE once `ms` have passed: one subgraph that hangs must not hang what the others answered. */
export function inTime<T>(answer: Promise<T>, ms: number, name: string): Promise<T | SubgraphResult> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve(down(name)), ms)
    answer.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}

/** The answer of a subgraph that cannot be reached. */
export function down(name: string): SubgraphResult {
  const { message, extensions } = unavailable(`The part "${name}"`)
  return { errors: [{ message, extensions }] }
}
