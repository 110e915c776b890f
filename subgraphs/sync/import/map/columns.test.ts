import { expect, test } from 'vitest'
import { columnsOf, presentFields } from './columns.js'
import { fieldNamed, fieldsOf, importTypes, missingFields, namesOf } from './fields.js'
import { noMapping, readMapping } from './mapping.js'
import { plainName } from './plainName.js'

test('no name of a column means two fields of one type', () => {
  for (const type of importTypes) {
    const names = fieldsOf(type).flatMap(field => [...new Set(namesOf(type, field).map(plainName))])
    expect(
      names.filter((name, place) => names.indexOf(name) !== place),
      type,
    ).toEqual([])
  }
})

test('columns are recognised in both languages, whatever their case, spaces and brackets', () => {
  expect(['手机号', 'Mobile_Phone', ' PHONE ', '联系电话(必填)'].map(name => fieldNamed('customers', name))).toEqual([
    'phone',
    'phone',
    'phone',
    'phone',
  ])
  expect(fieldNamed('calls', '通话时长（毫秒）')).toBe('talk')
  expect(fieldNamed('deals', '客户编号')).toBe('customerId')
  expect(fieldNamed('customers', '微信')).toBeUndefined()
})

test('columns that nobody knows are named; the mapping has the last word', () => {
  const mapping = readMapping('columns: { 微信: note, 备注: null }', 'customers')
  const columns = columnsOf(
    'customers',
    ['编号', '微信', '备注', '生日', '手机', '电话', 'import_row', 'import_error'],
    mapping,
  )
  expect([...columns.places]).toEqual([
    ['id', [0]],
    ['note', [1]],
    ['phone', [4, 5]],
  ])
  expect(columns.unknown).toEqual(['生日'])
  expect([...columnsOf('calls', ['通话时长(ms)', '总时长（分钟）'], noMapping).units]).toEqual([
    ['talk', 'milliseconds'],
    ['duration', 'minutes'],
  ])
})

test('what is missing is told by groups, of which one is enough', () => {
  const missing = (type: 'customers' | 'calls' | 'deals', ...fields: string[]) => missingFields(type, new Set(fields))
  expect(missing('customers', 'name')).toEqual([['id', 'phone', 'otherPhones']])
  expect(missing('calls', 'startedAt', 'direction', 'from')).toEqual([['number', 'from+to']])
  expect(missing('calls', 'startedAt', 'direction', 'from', 'to')).toEqual([])
  expect(missing('deals', 'amount')).toEqual([['orderNo'], ['customerId', 'phone']])
  const fixed = readMapping('fixed: { direction: out }', 'calls')
  expect(presentFields('calls', columnsOf('calls', ['主叫'], fixed), fixed)).toEqual(new Set(['from', 'direction']))
})

test.each([
  ['columns: [a]', /columns/],
  ['colums: {}', /colums/],
  ['timeZone: Mars/Base', /timeZone: must be a time zone/],
  ['dateFormat: HH:mm', /dateFormat: must be made of/],
  ['currency: yuan', /currency: must be three capital letters/],
  ['fixed: { shoe: 1 }', /names shoe; calls have the fields id, direction/],
  ['{', /no YAML/],
])('a mapping such as %s says what is wrong with it', (text, problem) => {
  expect(() => readMapping(text, 'calls')).toThrow(problem)
})
