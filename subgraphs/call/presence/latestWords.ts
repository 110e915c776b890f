import type { PresenceFact } from '../../../kernel/ports/index.js'

/** Whether `a` counts more than `b`, both said of the same thing: the later does, and of two of one moment always the same one. */
export function isLater(a: PresenceFact, b: PresenceFact): boolean {
  const [then, before] = [Date.parse(a.at), Date.parse(b.at)]
  // By bytes, as the database compares where it must decide the same.
  return then > before || (then === before && Buffer.compare(Buffer.from(a.key), Buffer.from(b.key)) > 0)
}

/** Of what a system said of its phones, the last word on each aspect and queue of each extension. Pure; order and repeats do not matter. */
export function latestWords(said: readonly PresenceFact[]): PresenceFact[] {
  const latest = new Map<string, PresenceFact>()
  for (const fact of said) {
    const about = JSON.stringify([fact.extension, fact.aspect, fact.queue ?? ''])
    const known = latest.get(about)
    if (!known || isLater(fact, known)) latest.set(about, fact)
  }
  return [...latest.values()]
}
