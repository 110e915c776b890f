import { expect, test } from 'vitest'
import type { CallFact } from '../../kernel/ports/index.js'
import { inWords } from './inWords.js'

const fact = (more: Partial<CallFact>): string =>
  inWords({ key: 'k', callId: 'c', at: '2026-11-24T02:02:11.000Z', kind: 'RINGING', ...more }, 'Asia/Shanghai')

test('a fact is a line that somebody understands', () => {
  expect(fact({ kind: 'LEG_STARTED', direction: 'INBOUND', from: '13812345678', to: '1001', line: 'ct' })).toBe(
    '10:02:11  inbound, a leg begins from 138****5678 to 1001 on line ct',
  )
  expect(fact({ kind: 'RINGING', extension: '1001' })).toBe('10:02:11  rings at 1001')
  expect(fact({ kind: 'ENDED', outcome: 'NO_ANSWER' })).toBe('10:02:11  over: no_answer')
})

test.each(['13812345678', '+86 138 1234 5678', 'sip:13812345678@host', 'Wang\u001b[31m', '０１３８１２３４５６７８'])(
  'C3: %j is never shown as it is, wherever it stands',
  number => {
    const lines = [
      fact({ kind: 'LEG_STARTED', from: number, to: number }),
      fact({ kind: 'DIALING', to: number }),
      fact({ kind: 'RINGING', extension: number }),
      fact({ kind: 'LEG_ENDED', cause: number }),
      fact({ kind: 'QUEUED', queue: number }),
    ]
    expect(lines.slice(0, 3).join()).not.toContain(number)
    expect(lines.join()).not.toMatch(/1381234567|12345678/)
  },
)

test('a fact is one line and does not steer the terminal', () => {
  expect(fact({ kind: 'QUEUED', queue: 'a\u001b[2K\r\nb' })).toMatch(/waits in queue a\ufffd\[2K b$/)
})
