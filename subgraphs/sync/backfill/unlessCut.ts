/** What this work comes to, unless it is cut short before. Work that does not let go is left behind. */
export async function unlessCut<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  // Left behind, it has nobody to tell what becomes of it.
  work.catch(() => undefined)
  signal.throwIfAborted()
  const cut = Promise.withResolvers<never>()
  const abort = () => cut.reject(signal.reason)
  signal.addEventListener('abort', abort)
  try {
    const result = await Promise.race([work, cut.promise])
    // It may have stopped where it was when it was told to.
    signal.throwIfAborted()
    return result
  } finally {
    signal.removeEventListener('abort', abort)
  }
}
