import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CallFact } from '../../../kernel/ports/index.js'
import { isText } from '../../../kernel/text.js'
import { storableFact, storableKey } from './storable.js'

const fact: CallFact = {
  key: 'k',
  callId: 'c',
  legId: 'l',
  at: '2026-11-23T10:00:00.000Z',
  kind: 'LEG_ENDED',
  seconds: 3,
}

describe('What a system may send and the database does not take', () => {
  it('leaves everything else as it was', () => {
    expect(storableFact(fact)).toEqual(fact)
    const written = { ...fact, note: '第一行\n第二行\t👍', from: '+86 138-1234-5678' }
    expect(storableFact(written)).toEqual(written)
  })

  it('shows as unreadable in texts', () => {
    const spoilt = { ...fact, cause: 'NORMAL\u0000CLEARING', note: 'a\ud83d', queue: '\u001b[31msales' }
    expect(storableFact(spoilt)).toEqual({
      ...fact,
      cause: 'NORMAL\ufffdCLEARING',
      note: 'a\ufffd',
      queue: '\ufffd[31msales',
    })
  })

  it('makes of ids others that still differ where they differed', () => {
    const key = fc.string({ unit: 'binary', maxLength: 400 })
    fc.assert(
      fc.property(key, key, (a, b) => {
        expect(isText(storableKey(a))).toBe(true)
        expect(storableKey(a).length).toBeLessThanOrEqual(300)
        expect(storableKey(a) === storableKey(b)).toBe(a === b)
      }),
    )
    expect(storableKey('x'.repeat(301))).toHaveLength('sha256:'.length + 64)
    expect(storableKey('a\u0000')).not.toBe(storableKey('a\ufffd'))
  })
})
