/**
 * Which phone system places a call, of those that can: the one that carried the call that is rung back; else the one on which the caller
 * had their latest call; else the first of the configuration.
 */
export function chooseSystem(
  able: readonly string[],
  { rungBack, latest }: { rungBack: string | null; latest: string | null },
): string | null {
  return [rungBack, latest].find(id => id !== null && able.includes(id)) ?? able[0] ?? null
}
