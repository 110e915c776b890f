import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { PresenceFact } from '../../../kernel/ports/index.js'
import { latestWords } from './latestWords.js'

const fact = fc.record({
  key: fc.constantFrom('a', 'b', 'c', 'é'),
  extension: fc.constantFrom('1001', '1002'),
  at: fc.constantFrom('2026-11-23T02:00:00.000Z', '2026-11-23T02:00:00.001Z', '2026-11-23T02:00:01.000Z'),
  aspect: fc.constantFrom('DEVICE' as const, 'WORK' as const),
  queue: fc.constantFrom(undefined, 'sales'),
  state: fc.constantFrom('OFFLINE' as const, 'AVAILABLE' as const, 'AWAY' as const),
})
/** Facts with one key are one fact, told again. */
const facts: fc.Arbitrary<PresenceFact[]> = fc.uniqueArray(fact, {
  maxLength: 12,
  selector: one => JSON.stringify([one.key, one.at]),
})
const sorted = (words: PresenceFact[]) => words.map(word => JSON.stringify(word)).sort()

it('the last word on each phone is the same in any order, in any portions and with repeats', () => {
  const delivered = facts.chain(all =>
    fc.tuple(
      fc.constant(all),
      fc.shuffledSubarray(all, { minLength: all.length }),
      fc.subarray(all),
      fc.nat({ max: all.length }),
    ),
  )
  fc.assert(
    fc.property(delivered, ([all, shuffled, again, cut]) => {
      const expected = sorted(latestWords(all))
      expect(sorted(latestWords([...shuffled, ...again]))).toEqual(expected)
      expect(sorted(latestWords([...latestWords(shuffled.slice(0, cut)), ...shuffled.slice(cut)]))).toEqual(expected)
    }),
  )
})
