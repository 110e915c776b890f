import fc from 'fast-check'
import { expect, test } from 'vitest'
import { maskName } from './maskName.js'

test('the family name stays', () => {
  const masks = {
    王小明: '王*',
    ' 王明 ': '王*',
    王: '王*',
    欧阳娜娜: '欧阳*',
    欧阳: '欧*',
    司马懿: '司马*',
    买买提·吐尔逊: '买*',
    '张三(13812345678)': '张*',
    'John Smith': 'J*',
    'Émile Zola': 'É*',
    '13812345678': '*',
    '*': '*',
    '': '',
  }
  for (const [name, mask] of Object.entries(masks)) expect(maskName(name)).toBe(mask)
})

test('masking again changes nothing, and never more than a family name is shown', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), name => {
      const masked = maskName(name)
      expect(maskName(masked)).toBe(masked)
      expect([...masked].length).toBeLessThanOrEqual(3)
    }),
  )
})
