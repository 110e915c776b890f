import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { foldDigits } from '../phone/foldDigits.js'
import { maskFreeText } from './maskFreeText.js'

describe('C4: personal values pasted into a text are masked in place', () => {
  test.each([
    ['客户电话13812345678,请回电', '客户电话138****5678,请回电'],
    ['138 1234 5678', '138****5678'],
    ['138-1234-5678。', '138****5678。'],
    ['138.1234.5678', '138****5678'],
    ['1 3 8 1 2 3 4 5 6 7 8', '138****5678'],
    ['１３８１２３４５６７８', '138****5678'],
    ['一三八一二三四五六七八', '138****5678'],
    ['幺三八 1234 五六七八', '138****5678'],
    ['+86 138 1234 5678', '138****5678'],
    ['(+86)13812345678', '138****5678'],
    ['8613812345678', '138****5678'],
    ['013812345678', '138****5678'],
    ['微信同号wx13812345678', '微信同号wx138****5678'],
    ['订单SO13812345678', '订单SO138****5678'],
    ['13812345678/13987654321', '138****5678/139****4321'],
    ['两个号：13812345678、13987654321', '两个号：138****5678、139****4321'],
    ['座机010-88886666转8001', '座机010****6666转8001'],
    ['（010）8888 6666', '010****6666'],
    ['0755 8888 6666', '075****6666'],
    ['+86 10 8888 6666', '010****6666'],
    ['打8888-6666', '打****6666'],
    ['打8888 6666', '打****6666'],
    ['打88886666', '打****6666'],
    ['hotline 400-123-4567', 'hotline 40****4567'],
    ['+1 (202) 555-0123', '+1****0123'],
    ['0044 20 7946 0958', '+44****0958'],
    ['卡号6222021234567890128', '卡号****0128'],
    ['卡号 6222 0212 3456 7890 128 工行', '卡号 ****0128 工行'],
    ['身份证110101199003078515', '身份证****8515'],
    ['身份证11010119900307851X，', '身份证****851X，'],
    ['110101 19900307 851x', '****851X'],
    ['110101 1990-03-07 8515', '****8515'],
    ['邮箱zhang.san@example.com。', '邮箱z***@example.com。'],
    ['邮箱王小明@例子.公司', '邮***@例子.公司'],
    ['@john.smith@example.com', '@j***@example.com'],
    ['发zhang@example.com给我', '发z***@example.com给我'],
    ['ａｂｃ＠ｅｘａｍｐｌｅ．ｃｏｍ', 'a***@example.com'],
    ['13812345678@qq.com', '1***@qq.com'],
    ['2026-11-23 10:00 13812345678', '2026-11-23 10:00 138****5678'],
    ['周一13812345678一早', '周一138****5678一早'],
    ['138\u200b1234\u200b5678', '138****5678'],
    ['138😀1234😀5678', '138****5678'],
    ['20261123001', '202****3001'],
  ])('%j becomes %j', (text, expected) => {
    expect(maskFreeText(text)).toBe(expected)
  })
})

test('ids stay whole, whatever digits they hold; addresses made of them do not', () => {
  const id = fc.uuid({ version: [4, 7] }).filter(one => /[a-f]/.test(one))
  fc.assert(
    fc.property(id, one => {
      expect(maskFreeText(`Call ${one}, 13812345678, in the log as ${one}.`)).toBe(
        `Call ${one}, 138****5678, in the log as ${one}.`,
      )
      expect(maskFreeText(`${one}@example.com`)).not.toContain(one)
    }),
  )
})

describe('what is no personal value stays', () => {
  test.each([
    '',
    '客户很满意，约周三再谈，一共三个人',
    '2026-11-23 10:00',
    '2026-11-23T10:00:00.000Z',
    '2026/11/23 至 2026/12/01',
    '2026-11-23~2026-12-01 10:00-12:00',
    '2026.11.23-2026.12.01',
    '周一2026-11-23一起去',
    '20261123100000',
    '2025-2026年',
    '¥1288.00',
    '￥12,880,000.00',
    '金额1288000元',
    '3000-5000元',
    '共1288000.50 元',
    'RMB 1288000',
    'A20261123001',
    'SO-20261123-0001',
    '192.168.100.200',
    '版本 12.4.10',
    '邮编518000，3号楼1201室',
    '第一、第二、第三',
    '电话 138****5678',
    '内线 8001，验证码 123456',
    'a@b',
    '@所有人',
    'z***@example.com',
  ])('%j', text => {
    expect(maskFreeText(text)).toBe(text)
  })
})

/** All digits of a text in the order in which one reads them. */
const readable = (text: string): string => foldDigits(text).replace(/\D/g, '')

const words = fc.string({ unit: fc.constantFrom(...'客户电话是请回复，。 \n:：abcXYZ¥@'), maxLength: 12 })
const script = fc.constantFrom(
  '0123456789',
  '０１２３４５６７８９',
  '零一二三四五六七八九',
  '〇壹贰叁肆伍陆柒捌玖',
  '٠١٢٣٤٥٦٧٨٩',
)
const separators = fc.array(
  fc.constantFrom('', ' ', '-', '.', '·', '  ', ' - ', '　', '—', '\u00a0', '/', '_', ',', '、', '\u200b'),
  { minLength: 1, maxLength: 3 },
)

const inScript = (number: string, digits: string) => number.replace(/\d/g, digit => [...digits][Number(digit)]!)
const grouped = (number: string, sizes: readonly number[], between: readonly string[]): string => {
  let text = ''
  let from = 0
  for (let turn = 0; from < number.length; turn++) {
    const size = sizes[turn % sizes.length]!
    if (turn > 0) text += between[turn % between.length]
    text += number.slice(from, from + size)
    from += size
  }
  return text
}

function luhn(body: string): string {
  const sum = [...body].reverse().reduce((total, digit, place) => {
    const value = place % 2 === 0 ? Number(digit) * 2 : Number(digit)
    return total + (value > 9 ? value - 9 : value)
  }, 0)
  return body + ((10 - (sum % 10)) % 10)
}

const mobile = fc.stringMatching(/^1[3-9]\d{9}$/)
const landline = fc
  .tuple(fc.constantFrom('010', '021', '0755', '0335'), fc.stringMatching(/^[2-8]\d{7}$/))
  .map(p => p.join(''))
const bankCard = fc.stringMatching(/^62\d{13,16}$/).map(luhn)
const idCard = fc.stringMatching(/^[1-6]\d{5}19[5-9]\d(0[1-9]|1[0-2])(0[1-9]|1\d|2[0-8])\d{4}$/)
const sizes = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 5 })

describe('for every text', () => {
  test('a number in any writing can not be read from it any more', () => {
    fc.assert(
      fc.property(
        fc.oneof(mobile, landline, bankCard, idCard),
        fc.constantFrom('', '+86', '86 ', '0086-'),
        script,
        separators,
        sizes,
        words,
        words,
        (number, prefix, digits, between, groups, before, after) => {
          const country = /^[01]/.test(number) && number.length < 13 ? prefix : ''
          const text = `${before}${country}${grouped(inScript(number, digits), groups, between)}${after}`
          // What is written like a date is one.
          fc.pre(!/(?:19|20)\d\d([-./])\d{1,2}\1\d{1,2}/.test(foldDigits(text)))
          expect(readable(maskFreeText(text))).not.toContain(number.slice(-8))
        },
      ),
      { numRuns: 3000 },
    )
  })

  test('a foreign number behind its + can not be read any more', () => {
    fc.assert(
      fc.property(
        // +86 is no foreign number.
        fc.stringMatching(/^[1-9]\d{8,14}$/).filter(number => !number.startsWith('86')),
        script,
        separators,
        sizes,
        (number, digits, between, groups) => {
          const masked = maskFreeText(`call +${grouped(inScript(number, digits), groups, between)} now`)
          expect(readable(masked)).not.toContain(number)
          expect(masked).toMatch(/^call \+\d{0,3}\*{4}\d{0,4} now$/)
        },
      ),
    )
  })

  test('an e-mail address shows its first character at most', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[q-w][q-w0-9._+-]{2,20}$/), words, words, (local, before, after) => {
        expect(maskFreeText(`${before} ${local}@example.com ${after}`)).not.toContain(local.slice(1))
      }),
    )
  })

  test('masking again changes nothing', () => {
    const soup = fc.string({
      unit: fc.constantFrom(
        ...'0123456789'.repeat(3),
        ...'   ---..+*()/:,@¥a元X一二８',
        '138',
        '1234',
        '****',
        '2026-11-23',
        'a@b.co',
        ...[
          'tel',
          'SO-',
          'RMB',
          '一三八',
          '19900307',
          '110101',
          'x',
          '（',
          '）',
          '\n',
          '10:00',
          '6222',
          '00',
          '86',
          '86-',
        ],
      ),
      maxLength: 60,
    })
    fc.assert(
      fc.property(fc.oneof(soup, fc.string({ unit: 'binary' })), text => {
        const once = maskFreeText(text)
        expect(maskFreeText(once)).toBe(once)
      }),
      { numRuns: 5000 },
    )
  })

  test('a text with fewer than seven digits and no @ is the same text', () => {
    const short = fc.tuple(fc.string(), fc.array(fc.stringMatching(/^\d$/), { maxLength: 6 }), fc.string())
    fc.assert(
      fc.property(short, ([before, digits, after]) => {
        const text = `${before.replace(/[\d@]/g, '')}${digits.join('')}${after.replace(/[\d@]/g, '')}`
        expect(maskFreeText(text)).toBe(text)
      }),
    )
  })

  test('half a million characters of anything are no trouble', () => {
    const parts = [
      '1',
      '1 ',
      '0',
      '00',
      '138',
      '1-',
      '@',
      'a@',
      'a.',
      '+1',
      '(',
      '(1',
      '****',
      '1*',
      '6222 ',
      'a1',
      '¥1',
      '8888 6666 ',
      '2026-11-23 ',
    ]
    for (const part of parts) maskFreeText(part.repeat(Math.floor(500_000 / part.length)))
  })
})
