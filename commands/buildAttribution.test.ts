import { expect, test } from 'vitest'
import { offlineAttribution } from '../kernel/phone/attribution.js'
import table from '../kernel/phone/data/attribution.json' with { type: 'json' }
import { compileAttribution, readPackage, regionOf } from './buildAttribution.js'

const { geocodes, carriers } = readPackage()

test('the committed table is the one the package gives', () => {
  expect(table).toEqual(compileAttribution(geocodes, carriers))
})

test('every prefix of the package is found again, the longest that fits deciding', () => {
  const expected = (number: string): string | undefined => {
    for (let length = 7; length > 1; length--) {
      const name = geocodes[number.slice(0, length)]
      if (name !== undefined) return regionOf(name)
    }
  }
  const wrong = Object.keys(geocodes).filter(prefix => {
    const mobile = /^1[3-9]/.test(prefix)
    const number = mobile ? prefix.padEnd(11, '0') : `${prefix}8888666`
    const phone = {
      canonical: mobile ? number : `0${number}`,
      kind: mobile ? ('MOBILE' as const) : ('LANDLINE' as const),
    }
    return offlineAttribution.attributionOf(phone).region !== expected(number)
  })
  expect(wrong).toEqual([])
})

test('names are short, and several places of one prefix stay together', () => {
  expect(regionOf('北京市')).toBe('北京')
  expect(regionOf('天津')).toBe('天津')
  expect(regionOf('广西南宁市')).toBe('广西 南宁')
  expect(regionOf('云南省西双版纳傣族自治州')).toBe('云南 西双版纳')
  expect(regionOf('新疆克孜勒苏柯尔克孜自治州')).toBe('新疆 克孜勒苏')
  expect(regionOf('内蒙古锡林郭勒盟')).toBe('内蒙古 锡林郭勒')
  expect(regionOf('吉林省吉林市')).toBe('吉林 吉林')
  expect(regionOf('贵州省贵阳市、遵义市、安顺市')).toBe('贵州 贵阳、遵义、安顺')
  expect(regionOf('湖北省襄樊市、襄樊市')).toBe('湖北 襄阳')
  expect(regionOf('西藏阿里地区、普兰县、扎达县')).toBe('西藏 阿里')
})
