import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { normalisePhone } from './normalisePhone.js'

const nothing = { canonical: null, kind: 'UNKNOWN' }
const canonical = (raw: string) => normalisePhone(raw).canonical

describe('A3: any writing of a mainland mobile is its 11 digits', () => {
  const writings = [
    '13812345678',
    '+8613812345678',
    '+86 138 1234 5678',
    '(+86)138-1234-5678',
    '+(86) 13812345678',
    '008613812345678',
    '0086-138-1234-5678',
    '86 13812345678',
    '8613812345678',
    '+86013812345678',
    '013812345678',
    '913812345678',
    '9013812345678',
    '1795113812345678',
    '17911013812345678',
    '12593 138 1234 5678',
    '+861795113812345678',
    '１３８１２３４５６７８',
    '＋８６　１３８－１２３４－５６７８',
    '138.1234.5678',
    '138·1234·5678',
    '138–1234—5678',
    ' 138\u00a01234\u00a05678 ',
    '\u202d+86 138 1234 5678\u202c',
    '一三八 一二三四 五六七八',
    '幺三八幺二三四五六七八',
    'sip:13812345678@10.0.0.1:5060;transport=udp',
    'SIPS:+8613812345678@pbx.example.com',
    'sip:%2B8613812345678@host',
    '"王小明" <sip:13812345678@host>;tag=1',
    'tel:+86-138-1234-5678',
    'tel:13812345678;phone-context=+86',
    '手机：13812345678',
    '13812345678\n',
  ]
  test.each(writings)('%j', raw => {
    expect(normalisePhone(raw)).toEqual({ canonical: '13812345678', kind: 'MOBILE' })
  })
})

describe('A3: landlines have their area code, with 0', () => {
  test.each([
    ['010-88886666', '01088886666'],
    ['(010) 8888 6666', '01088886666'],
    ['（０１０）８８８８６６６６', '01088886666'],
    ['+86 10 8888 6666', '01088886666'],
    ['+86(0)10-88886666', '01088886666'],
    ['861088886666', '01088886666'],
    ['0086 755 8888 6666', '075588886666'],
    ['901088886666', '01088886666'],
    ['001088886666', '01088886666'],
    ['1795101088886666', '01088886666'],
    ['0335-8888666', '03358888666'],
    ['0335-88886666', '033588886666'],
  ])('%j is %s', (raw, expected) => {
    expect(normalisePhone(raw)).toEqual({ canonical: expected, kind: 'LANDLINE' })
  })

  test('a number without area code needs to know where it is', () => {
    expect(normalisePhone('8888 6666')).toEqual(nothing)
    expect(canonical('8888 6666')).toBeNull()
    expect(normalisePhone('8888-6666', { areaCode: '010' }).canonical).toBe('01088886666')
    expect(normalisePhone('8888666', { areaCode: '335' }).canonical).toBe('03358888666')
    expect(normalisePhone('8888666', { areaCode: '010' }).canonical).toBeNull()
    expect(normalisePhone('88886666', { areaCode: '0123' }).canonical).toBeNull()
  })

  test('only area codes that exist count', () => {
    for (const raw of ['026-88886666', '0320-8888666', '0999988886666', '0138-8886666'])
      expect(canonical(raw)).toBeNull()
  })
})

describe('A3: extensions are kept apart', () => {
  test.each([
    ['010-88886666-8001', '01088886666', '8001'],
    ['010-88886666转8001', '01088886666', '8001'],
    ['010-88886666 转 8001', '01088886666', '8001'],
    ['010-88886666分机：12', '01088886666', '12'],
    ['(010)88886666 ext 12', '01088886666', '12'],
    ['(010)88886666 Ext.12', '01088886666', '12'],
    ['01088886666x12', '01088886666', '12'],
    ['01088886666,12', '01088886666', '12'],
    ['01088886666,,12#', '01088886666', '12'],
    ['01088886666＃12', '01088886666', '12'],
    ['0571-8888666-1', '05718888666', '1'],
    ['021-6888-8888-201', '02168888888', '201'],
    ['400-123-4567-8', '4001234567', '8'],
    ['13812345678-1234', '13812345678', '1234'],
    ['tel:+86-10-88886666;ext=12', '01088886666', '12'],
    ['+1 202 555 0123 x12', '+12025550123', '12'],
  ])('%j is %s and %s', (raw, number, extension) => {
    expect(normalisePhone(raw)).toMatchObject({ canonical: number, extension })
  })

  test('dashes inside a number make no extension', () => {
    for (const raw of ['86-13812345678', '138-1234-5678', '8613812-345678', '1381234567-8'])
      expect(normalisePhone(raw, { areaCode: '0755' })).toEqual({ canonical: '13812345678', kind: 'MOBILE' })
    expect(normalisePhone('0571-8888-6661')).toEqual({ canonical: '057188886661', kind: 'LANDLINE' })
  })
})

describe('A3: service numbers are their digits', () => {
  test.each([
    '4001234567',
    '8008101234',
    '95588',
    '951234',
    '96096',
    '10086',
    '10010',
    '12315',
    '110',
    '120',
    '116114',
    '10109999',
    '106901234567',
  ])('%s', raw => {
    expect(normalisePhone(raw)).toEqual({ canonical: raw, kind: 'SERVICE' })
  })

  test('with prefixes too', () => {
    expect(canonical('+86 400-123-4567')).toBe('4001234567')
    expect(canonical('94001234567')).toBe('4001234567')
    expect(canonical('+8695588')).toBe('95588')
  })
})

describe('A3: foreign numbers are E.164', () => {
  test.each([
    ['+1 (202) 555-0123', '+12025550123'],
    ['0012025550123', '+12025550123'],
    ['+44 (0)20 7946 0958', '+442079460958'],
    ['+852 2345 6789', '+85223456789'],
    ['00852-23456789', '+85223456789'],
    ['+886 912 345 678', '+886912345678'],
    ['sip:+6591234567@host', '+6591234567'],
    ['tel:2025550123;phone-context=+1', '+12025550123'],
  ])('%j is %s', (raw, expected) => {
    expect(normalisePhone(raw)).toEqual({ canonical: expected, kind: 'FOREIGN' })
  })
})

describe('what is no whole number has no canonical form', () => {
  test.each([
    '',
    ' ',
    'anonymous',
    'unknown',
    'Restricted',
    '*97',
    '#',
    '+',
    '1001',
    'sip:1001@pbx',
    'sip:anonymous@anonymous.invalid',
    '138****1234',
    '138xxxx1234',
    '138XXXX1234',
    '138••••1234',
    '138....1234',
    '138----1234',
    '138　　　　1234',
    '010****6666',
    '王小明',
    '王13812345678',
    '13812345678@qq.com',
    '13812345678/13912345678',
    '138123456',
    '1381234567',
    '138123456789',
    '12812345678',
    '+8613812345',
    '+999123456789',
    '+9809000',
    '138\u00001234\u00005678',
    '1381234\t5678',
    '13812345678 13912345678',
  ])('%j', raw => {
    expect(normalisePhone(raw)).toEqual(nothing)
  })

  test('a row of marks and separators is refused at once', () => {
    for (const part of [',', 'x', '转', 'ext', ';ext=', ' ', '.-', '- ', '(', '分机', '<'])
      expect(normalisePhone(`01088886666${part.repeat(Math.floor(480 / part.length))}!`)).toEqual(nothing)
  })

  test('a million characters of anything are refused at once', () => {
    for (const part of ['1', ' ', '-', '(', '转', 'x1', '13812345678 ', '<', '١', ';ext=1', '0', '+'])
      expect(normalisePhone(part.repeat(1_000_000))).toEqual(nothing)
  })
})

describe('for every text', () => {
  const soup = fc.string({
    unit: fc.constantFrom(
      ...'0123456789+-()./ ,;#x*转１８一八<>@'.split(''),
      'ext',
      'sip:',
      'tel:',
      '+86',
      '138',
      '010',
      '400',
    ),
    maxLength: 24,
  })

  test('normalising never throws, and normalising what came out gives itself', () => {
    const numbers = fc
      .tuple(fc.constantFrom('+', '00', '0', '', '9'), fc.stringMatching(/^\d{3,16}$/))
      .map(p => p.join(''))
    fc.assert(
      fc.property(fc.oneof(soup, numbers, fc.string({ unit: 'binary' })), raw => {
        const { canonical, kind } = normalisePhone(raw)
        if (canonical === null) expect(kind).toBe('UNKNOWN')
        else expect(normalisePhone(canonical)).toEqual({ canonical, kind })
      }),
      { numRuns: 3000 },
    )
  })

  test('a mobile in any of the writings comes out as itself', () => {
    const mobile = fc.stringMatching(/^1[3-9]\d{9}$/)
    const prefix = fc.constantFrom(
      '',
      '+86',
      '0086',
      '86',
      '0',
      '9',
      '17951',
      '17911',
      '12593',
      '+86 ',
      '(86)',
      '179510',
    )
    const separator = fc.constantFrom('', ' ', '-', '.', '  ', ' - ', '）', '·')
    const script = fc.constantFrom('0123456789', '０１２３４５６７８９', '零一二三四五六七八九', '٠١٢٣٤٥٦٧٨٩')
    fc.assert(
      fc.property(mobile, prefix, separator, script, (number, before, between, digits) => {
        const groups = [number.slice(0, 3), number.slice(3, 7), number.slice(7)]
        const written = groups.map(group => [...group].map(digit => [...digits][Number(digit)]).join('')).join(between)
        expect(canonical(before + written)).toBe(number)
      }),
    )
  })
})
