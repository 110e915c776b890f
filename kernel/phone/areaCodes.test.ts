import { expect, test } from 'vitest'
import { areaCodeOf } from './areaCodes.js'

test('the area code is what a number without its 0 begins with', () => {
  expect(areaCodeOf('1088886666')).toBe('10')
  expect(areaCodeOf('2188886666')).toBe('21')
  expect(areaCodeOf('75588886666')).toBe('755')
  expect(areaCodeOf('3358888666')).toBe('335')
  expect(areaCodeOf('898')).toBe('898')
})

test('codes that no place has are none', () => {
  for (const digits of ['', '1', '26', '138', '11', '300', '320', '99', '978', '440', '610', '840', '960'])
    expect(areaCodeOf(digits)).toBeUndefined()
})
