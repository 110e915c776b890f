import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cleanName } from './cleanName.js'

describe('A4: a name as it was written', () => {
  it.each([
    ['张三', '张三'],
    ['张三(老客户)', '张三'],
    ['张三（老客户，周末联系）', '张三'],
    ['王总', '王'],
    ['欧阳总经理', '欧阳'],
    ['小李 电话在忙', '李'],
    ['李娜 女士', '李娜'],
    ['陈女士', '陈'],
    ['Mr. John  Smith', 'John Smith'],
    ['ＷＡＮＧ Ｌｅｉ', 'WANG Lei'],
    ['阿依古丽·买买提', '阿依古丽·买买提'],
    ['王 磊', '王磊'],
    ['张三13812345678', '张三'],
    ['张三 138-1234-5678', '张三'],
    ['李四 li.si@example.com', '李四'],
    ['１３８１２３４５６７８', null],
    ['John 2nd', 'John 2nd'],
    ['(老客户)', null],
    ['  ', null],
  ])('%s is %s', (raw, name) => expect(cleanName(raw)).toBe(name))

  it('is cleaned once and for all, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), raw => {
        const name = cleanName(raw)
        expect(name === null || name.length <= 200).toBe(true)
        expect(name === null || name === name.trim()).toBe(true)
      }),
    )
  })
})
