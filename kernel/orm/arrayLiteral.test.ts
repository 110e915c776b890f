import { expect, test } from 'vitest'
import { arrayLiteral } from './arrayLiteral.js'

test.each([
  [[], '{}'],
  [['a', 'b c', null, undefined, ''], '{a,"b c",NULL,NULL,""}'],
  [['NULL', 'null'], '{"NULL","null"}'],
  [['"', '\\', ',', '{', '}'], '{"\\"","\\\\",",","{","}"}'],
  [[1, 1.5, true], '{1,1.5,true}'],
  [[Buffer.from([0, 255])], '{"\\\\x00ff"}'],
  [[new Date('2026-11-23T02:00:00.123Z')], '{2026-11-23T02:00:00.123Z}'],
  [['{a,"b c"}'], '{"{a,\\"b c\\"}"}'],
  [['张伟\n'], '{"张伟\n"}'],
])('%j is written as %s', (values, literal) => {
  expect(arrayLiteral(values)).toBe(literal)
})
