import fc from 'fast-check'
import { expect, test } from 'vitest'
import { passesLuhn, personalNumberAt } from './personalNumber.js'

/** Digits in groups, as `13 8 12345678`. */
const found = (groups: string, plus = false, isCardLike = false) => {
  const text = groups.replaceAll(' ', '')
  const ends = new Set<number>()
  let place = 0
  for (const group of groups.split(' ')) {
    place += group.length
    ends.add(place)
  }
  return personalNumberAt({ text, isEnd: end => ends.has(end), isCardLike: () => isCardLike }, 0, plus)
}

test('a number is found whatever its groups, with any prefix, and what follows is left out', () => {
  expect(found('13 8 12345678 99')).toEqual({ kind: 'MOBILE', end: 11 })
  expect(found('0086 138 1234 5678')).toEqual({ kind: 'MOBILE', end: 15 })
  expect(found('17951 0138 12345678')).toEqual({ kind: 'MOBILE', end: 17 })
  expect(found('010 8888 6666 1')).toEqual({ kind: 'LANDLINE', end: 11 })
  expect(found('0335 888 6666')).toEqual({ kind: 'LANDLINE', end: 11 })
  expect(found('86 10 8888 6666')).toEqual({ kind: 'LANDLINE', end: 12 })
  expect(found('400 1234 567')).toEqual({ kind: 'SERVICE', end: 10 })
  expect(found('00 44 20 7946 0958')).toEqual({ kind: 'FOREIGN', end: 14 })
  expect(found('110101 19900307 8515')).toEqual({ kind: 'ID_CARD', end: 18 })
  expect(found('110101 19900307 851')).toEqual({ kind: 'ID_CARD', end: 17, wantsX: true })
  expect(found('1 2025550123', true)).toEqual({ kind: 'FOREIGN', end: 11 })
})

test('a number that ends inside of a group is none', () => {
  expect(found('138 1234 56789')).toBeUndefined()
  expect(found('1381234567')).toBeUndefined()
  expect(found('026 8888 6666')).toBeUndefined()
})

test('16 to 19 digits are a bank card by their check digit or their groups', () => {
  expect(found('62 220 21234 567 8903')?.kind).toBe('BANK_CARD')
  expect(found('62 220 21234 567 8904')).toBeUndefined()
  expect(found('6222 0212 3456 7899', false, true)).toEqual({ kind: 'BANK_CARD', end: 16 })
})

test('of the ten last digits exactly one passes the check', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^\d{15,18}$/), body => {
      const passing = [...'0123456789'].filter(last => passesLuhn(body + last, 0, body.length + 1))
      expect(passing.length).toBe(1)
    }),
  )
})
