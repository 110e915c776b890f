import { expect, it } from 'vitest'
import { nextStep } from './nextStep.js'

const at = (minute: number) => new Date(Date.UTC(2026, 10, 23, 2, minute))
const gap = (readAt: Date | null) => ({ toAt: at(0), readAt })

it('A gap is read at once, and a second time when late records must be there', () => {
  expect(nextStep(gap(null), at(0), true)).toBe('READ')
  expect(nextStep(gap(at(0)), at(1), false)).toEqual({ at: at(10) })
  expect(nextStep(gap(at(0)), at(10), false)).toBe('READ_LAST')
})

it('One reading is enough where it comes late', () => {
  expect(nextStep(gap(null), at(10), false)).toBe('READ_LAST')
})

it('Calls that were going on are waited for, but not for ever', () => {
  expect(nextStep(gap(at(0)), at(30), true)).toEqual({ at: at(31) })
  expect(nextStep(gap(at(0)), at(31), false)).toBe('READ_LAST')
  expect(nextStep(gap(at(0)), at(240), true)).toBe('READ_LAST')
})
