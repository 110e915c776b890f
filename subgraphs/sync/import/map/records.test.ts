import { describe, expect, it } from 'vitest'
import { callOf } from './callOf.js'
import { Cells } from './cells.js'
import { columnsOf } from './columns.js'
import { customerOf } from './customerOf.js'
import { dealOf } from './dealOf.js'
import type { ImportType } from './fields.js'
import { noMapping, readMapping } from './mapping.js'

const surroundings = { currency: 'CNY', digest: (text: string) => `<${text.replaceAll('\0', '|')}>` }
const makers = { customers: customerOf, calls: callOf, deals: dealOf }

function read(type: ImportType, row: Record<string, string>, mapping = noMapping, more = {}) {
  const cells = new Cells(Object.values(row), columnsOf(type, Object.keys(row), mapping), mapping, 'Asia/Shanghai')
  const { record, problems } = makers[type](cells, { ...surroundings, ...more })
  return {
    record: record as Record<string, unknown> | null,
    problems: problems.map(one => `${one.field} ${one.reason}`),
  }
}

describe('a row of customers', () => {
  const customer = (row: Record<string, string>, more = {}) => read('customers', row, noMapping, more)

  it('becomes a record, what cannot be read left out', () => {
    const { record, problems } = customer({
      编号: '7',
      姓名: '王总',
      手机: '13812345678',
      座机: '8888 6666/没人接',
      邮箱: 'a@b',
      标签: `VIP、${'x'.repeat(60)}`,
      免打扰: '也许',
      创建时间: '2026/11/23 10:00',
      公司: '-',
    })
    expect(record).toMatchObject({
      externalId: '7',
      name: '王总',
      phones: ['13812345678'],
      email: null,
      tags: ['VIP'],
      doNotCall: true,
      company: null,
      createdAt: new Date('2026-11-23T02:00:00Z'),
    })
    expect(problems).toEqual([
      'otherPhones NO_NUMBER',
      'otherPhones NO_NUMBER',
      'email NO_EMAIL',
      'tags TOO_LONG',
      'doNotCall UNKNOWN_WORD',
    ])
  })

  it('has local numbers with the area code of the company', () => {
    expect(customer({ 编号: '7', 电话: '8888 6666' }, { areaCode: '010' }).record!.phones).toEqual(['01088886666'])
  })

  it.each([
    [{ 编号: '', 手机: '' }, ['id MISSING']],
    [{ 编号: '', 手机: 'x' }, ['phone NO_NUMBER']],
    [{ 编号: '7', 姓名: '' }, ['name MISSING']],
    [{ 编号: '7', 姓名: '(备注)' }, ['name NO_NAME', 'name MISSING']],
    [{ 编号: 'a\u0000', 手机: '13812345678' }, ['id UNREADABLE']],
    [{ 编号: 'x'.repeat(201), 手机: '13812345678' }, ['id TOO_LONG']],
  ])('%j is rejected', (row, reasons) => {
    expect(customer(row as unknown as Record<string, string>)).toEqual({ record: null, problems: reasons })
  })
})

describe('a row of calls', () => {
  const call = (row: Record<string, string>) => read('calls', row)
  const base = { 方向: '呼出', 主叫: '1001', 被叫: '+8613812345678', 开始时间: '2026-11-23 10:00:00' }

  it('has the customer at the end that lies outside', () => {
    expect(call(base).record).toMatchObject({ number: '+8613812345678', outcome: 'NO_ANSWER' })
    expect(call({ ...base, 方向: '来电', 主叫: 'anonymous' }).record).toMatchObject({ number: 'anonymous' })
    expect(call({ ...base, 方向: '内部' }).record).toMatchObject({ number: null, direction: 'INTERNAL' })
  })

  it('is known by its id, else by a keyed digest of what makes it the same', () => {
    expect(call({ ...base, 通话ID: 'c-1' }).record!.externalId).toBe('c-1')
    const end = '2026-11-23T02:00:00.000Z'
    expect(call(base).record!.externalId).toBe(`import:<${end}|OUTBOUND|+8613812345678||${end}>`)
  })

  it.each([
    [{ ...base, 开始时间: '' }, ['startedAt MISSING']],
    [{ ...base, 开始时间: 'x', 方向: '' }, ['startedAt NO_TIME', 'direction MISSING']],
    [{ ...base, 方向: '斜' }, ['direction UNKNOWN_WORD']],
    [{ ...base, 被叫: '' }, ['number MISSING']],
  ])('%j is rejected', (row, reasons) => {
    expect(call(row)).toEqual({ record: null, problems: reasons })
  })
})

describe('a row of deals', () => {
  it('says whose it is by an id or a number', () => {
    const deal = (row: Record<string, string>) => read('deals', row)
    expect(deal({ 订单号: '1', 客户编号: '7', 手机: 'x', 金额: '1.5万', 币种: '美元' }).record).toMatchObject({
      customerId: '7',
      phone: null,
      amount: '15000',
      currency: 'USD',
    })
    expect(deal({ 订单号: '1', 手机: '13812345678' }).record).toMatchObject({ phone: '13812345678', currency: 'CNY' })
    expect(deal({ 订单号: '1', 手机: 'x' }).problems).toEqual(['phone NO_NUMBER'])
    expect(deal({ 订单号: '', 客户编号: '7' }).problems).toEqual(['orderNo MISSING'])
  })

  it('means by its words what the mapping says', () => {
    const mapping = readMapping('words: { stage: { 归档: won } }\ncurrency: EUR', 'deals')
    expect(read('deals', { 订单号: '1', 客户编号: '7', 状态: '归档' }, mapping).record).toMatchObject({ stage: 'WON' })
  })
})
