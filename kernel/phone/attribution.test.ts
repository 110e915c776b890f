import fc from 'fast-check'
import { expect, test } from 'vitest'
import { offlineAttribution } from './attribution.js'
import { normalisePhone } from './normalisePhone.js'

const of = (raw: string) => offlineAttribution.attributionOf(normalisePhone(raw))

test('a mobile number has province, city, the text shown, and the carrier that issued it', () => {
  expect(of('13800138000')).toEqual({ province: '北京', city: '北京', region: '北京', carrier: '中国移动' })
  expect(of('13602512345')).toEqual({ province: '广东', city: '深圳', region: '广东 深圳', carrier: '中国移动' })
  expect(of('13301612345')).toEqual({ province: '上海', city: '上海', region: '上海', carrier: '中国电信' })
  expect(of('18602712345')).toEqual({ province: '湖北', city: '武汉', region: '湖北 武汉', carrier: '中国联通' })
  expect(of('13400001234').carrier).toBe('中国移动')
  expect(of('17000001234').carrier).toBe('中国电信')
  expect(of('19200001234').carrier).toBe('中国广电')
})

test('a landline has the region of its area code and no carrier', () => {
  expect(of('010-88886666')).toEqual({ province: '北京', city: '北京', region: '北京' })
  expect(of('0755-88886666')).toEqual({ province: '广东', city: '深圳', region: '广东 深圳' })
  expect(of('0335-8888666').region).toBe('河北 秦皇岛')
  expect(of('0580-8888666').region).toBe('浙江 舟山')
})

test('where cities share an area code, the region names them and no city is claimed', () => {
  expect(of('028-88886666')).toEqual({ province: '四川', region: '四川 成都、资阳、眉山' })
})

test('numbers that have no region have none', () => {
  for (const raw of ['+12025550123', '4001234567', 'anonymous', '']) expect(of(raw)).toEqual({})
})

test('any mobile number is answered, and each answer is one of its own', () => {
  fc.assert(
    fc.property(fc.integer({ min: 13_000_000_000, max: 19_999_999_999 }), number => {
      const found = of(String(number))
      if (found.region !== undefined) expect(found.region.startsWith(found.province!)).toBe(true)
      found.region = 'changed'
      expect(of(String(number)).region).not.toBe('changed')
    }),
  )
})
