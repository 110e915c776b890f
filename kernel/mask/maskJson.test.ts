import fc from 'fast-check'
import { expect, test } from 'vitest'
import { maskJson } from './maskJson.js'

test('texts, keys and numbers are masked at any depth', () => {
  expect(
    maskJson({ note: '电话13812345678', list: [{ phone: 13812345678, card: 6222021234567890 }], '13812345678': true }),
  ).toEqual({ note: '电话138****5678', list: [{ phone: '138****5678', card: '622****7890' }], '138****5678': true })
})

test('amounts, ids, times and other values stay', () => {
  const value = {
    amount: 1288000.5,
    id: 12345678,
    at: 1764000000000,
    iso: '2026-11-23T02:00:00.000Z',
    ok: true,
    no: null,
  }
  expect(maskJson(value)).toEqual(value)
  expect(maskJson(-1)).toBe(-1)
})

test('mobiles with 86, landlines without their 0 and numbers beyond all amounts are masked', () => {
  expect(maskJson([8613812345678, 1088886666, 75588886666, 1e20, -13812345678])).toEqual([
    '861****5678',
    '10****6666',
    '755****6666',
    '100****0000',
    '138****5678',
  ])
})

test('two keys that look alike once masked are both kept', () => {
  const masked = maskJson({ '13812345678': 1, '13899995678': 2 }) as object
  expect(masked).toEqual({ '138****5678': 1, '138****5678 (2)': 2 })
  expect(maskJson(masked)).toEqual(masked)
})

test('a key that means something to JavaScript is a key like any other', () => {
  const value: unknown = JSON.parse('{"__proto__":{"phone":"13812345678"}}')
  expect(JSON.stringify(maskJson(value))).toBe('{"__proto__":{"phone":"138****5678"}}')
  expect(Object.hasOwn({}, 'phone')).toBe(false)
})

test('what is nested beyond reading is hidden', () => {
  const deep: unknown = JSON.parse(`${'['.repeat(5000)}"13812345678"${']'.repeat(5000)}`)
  expect(JSON.stringify(maskJson(deep))).not.toContain('13812345678')
})

test('masking again changes nothing, and what is given is never changed', () => {
  fc.assert(
    fc.property(fc.jsonValue(), value => {
      const before = JSON.stringify(value)
      const once = maskJson(value)
      expect(JSON.stringify(value)).toBe(before)
      expect(maskJson(once)).toEqual(once)
    }),
  )
})

test('what holds nothing to mask is given back itself, unless it could still become something else', () => {
  const value = { list: [1, 'a', { b: null }] }
  expect(maskJson(value)).toBe(value)
  class Disguised {
    toJSON() {
      return '13812345678'
    }
  }
  expect(JSON.stringify(maskJson({ one: new Disguised(), list: [new Disguised()] }))).not.toContain('13812345678')
})
