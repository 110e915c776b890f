import { expect, test } from 'vitest'
import { importArguments } from './importArguments.js'

test('a file, its system and its type are enough', () => {
  expect(importArguments(['list.csv', '--system', 'crm', '--type', 'customers'])).toEqual({
    file: 'list.csv',
    systemId: 'crm',
    type: 'customers',
    dry: false,
    map: null,
    encoding: null,
    format: null,
    delimiter: null,
    rejects: null,
  })
  expect(
    importArguments(['-', '--system=crm', '--type=calls', '--dry-run', '--delimiter', 'tab', '--encoding=GBK']),
  ).toMatchObject({
    file: '-',
    dry: true,
    delimiter: '\t',
    encoding: 'gb18030',
  })
  expect(importArguments(['--help'])).toBeNull()
})

test.each([
  [[], /Name the file[\s\S]*--system[\s\S]*--type/],
  [['a', 'b', '--system', 'x', '--type', 'calls'], /One file/],
  [['a', '--system', 'x', '--type', 'people'], /--type is one of customers, calls, deals/],
  [['a', '--system', 'x', '--type', 'calls', '--encoding', 'latin1'], /--encoding is one of/],
  [['a', '--system', 'x', '--type', 'calls', '--fast'], /--fast[\s\S]*npm run import/],
])('%j says what is wrong and how it is written', (args, problem) => {
  expect(() => importArguments(args)).toThrow(problem)
})
