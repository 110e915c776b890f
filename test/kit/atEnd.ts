const ends: (() => Promise<void>)[] = []

/**
 * Does this once the file's tests are over, the last first. vitest ignores an `afterAll` that is called within a test or another hook, where
 * most of what has to end is begun.
 */
export const atEnd = (end: () => Promise<void>): void => void ends.push(end)

/** Called by the setup of every file. */
export async function endAll(): Promise<void> {
  for (const end of ends.splice(0).reverse()) await end()
}
