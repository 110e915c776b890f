/** One contestant: does one unit of the work, the `i`-th. */
export interface Contestant {
  name: string
  run(i: number): Promise<unknown>
}

export interface Rate {
  name: string
  perSecond: number
}

/**
 * Runs the contestants in turns, so that what the machine does meanwhile falls on all alike: `rounds` rounds of `ms` milliseconds for each, at
 * `concurrency` units under way. The rate of a contestant is the median over its rounds.
 */
export async function race(
  contestants: readonly Contestant[],
  { rounds = 7, ms = 1500, concurrency = 8 } = {},
): Promise<Rate[]> {
  const rates = new Map<string, number[]>(contestants.map(({ name }) => [name, []]))
  let next = 0
  for (const { run } of contestants) await until(ms, concurrency, () => run(next++))
  for (let round = 0; round < rounds; round++) {
    for (const { name, run } of contestants) rates.get(name)!.push(await until(ms, concurrency, () => run(next++)))
  }
  return [...rates].map(([name, measured]) => ({ name, perSecond: median(measured) }))
}

async function until(ms: number, concurrency: number, run: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  let done = 0
  const lane = async () => {
    while (performance.now() - began < ms) {
      await run()
      done++
    }
  }
  await Promise.all(Array.from({ length: concurrency }, lane))
  return (done * 1000) / (performance.now() - began)
}

/** One contestant whose work is too short for a clock: does it so many times in a row. */
export interface Short {
  name: string
  times: number
  run(): unknown
}

/** Microseconds that each takes, in turns: the median over the rounds, after two to warm up. */
export async function microseconds(contestants: readonly Short[], rounds = 21): Promise<Map<string, number>> {
  const taken = new Map<string, number[]>(contestants.map(({ name }) => [name, []]))
  for (let round = -2; round < rounds; round++) {
    for (const { name, times, run } of contestants) {
      const began = performance.now()
      for (let i = 0; i < times; i++) {
        const done = run()
        if (done instanceof Promise) await done
      }
      if (round >= 0) taken.get(name)!.push(((performance.now() - began) * 1000) / times)
    }
  }
  return new Map([...taken].map(([name, measured]) => [name, median(measured)]))
}

export const median = (values: readonly number[]): number => quantile(values, 0.5)

export function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? Number.NaN
}
