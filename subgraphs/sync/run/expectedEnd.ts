/** When a run ends if it goes on as it did so far; null while nobody can tell. */
export function expectedEnd(startedAt: Date, progress: number | null, now: Date): Date | null {
  if (progress === null || progress <= 0) return null
  const passed = now.getTime() - startedAt.getTime()
  return new Date(startedAt.getTime() + passed / Math.min(1, progress))
}
