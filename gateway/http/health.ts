/** The parts readiness depends on: name → whether it works. */
export type Parts = Readonly<Record<string, () => Promise<boolean>>>

export interface Readiness {
  ready: boolean
  parts: Record<string, 'up' | 'down'>
}

const PART_MS = 3000

/** Asks all parts at once; one that fails or does not answer in three seconds is down. */
export async function readiness(parts: Parts): Promise<Readiness> {
  const names = Object.keys(parts)
  const states = await Promise.all(names.map(name => works(parts[name]!)))
  return {
    ready: states.every(Boolean),
    parts: Object.fromEntries(names.map((name, at) => [name, states[at] ? 'up' : 'down'])),
  }
}

function works(part: () => Promise<boolean>): Promise<boolean> {
  return new Promise(resolve => {
    const timer = setTimeout(() => resolve(false), PART_MS)
    part()
      .then(resolve, () => resolve(false))
      .finally(() => clearTimeout(timer))
  })
}
