import { setImmediate } from 'node:timers/promises'

/**
 * Makes something of items part by part and hands each part on, one at a time: while one is taken (by the database, say) the next is made.
 * Rejects with the first that is not taken.
 */
export async function inParts<I, M>(
  items: readonly I[],
  size: number,
  make: (part: readonly I[]) => M,
  take: (made: M) => Promise<unknown>,
): Promise<void> {
  let taking: Promise<unknown> = Promise.resolve()
  for (let from = 0; from < items.length; from += size) {
    const made = make(items.slice(from, from + size))
    await taking
    taking = take(made)
    // It is waited for below; that it fails before that is no reason to end the process.
    taking.catch(() => undefined)
    // Else nothing leaves this process before the next part is made.
    await setImmediate()
  }
  await taking
}
