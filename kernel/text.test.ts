import { describe, expect, it } from 'vitest'
import { isPlainJson, isText, readable } from './text.js'

const nested = (levels: number): unknown => (levels === 0 ? 1 : { a: nested(levels - 1) })

describe('A6: texts that people write', () => {
  it.each(['张三', 'a\tb\r\nc', '👩‍💻', '', '\u200b'])('may be %j', text => expect(isText(text)).toBe(true))
  it.each(['a\u0000', '\u001b[2J', '\u0085', '\u007f', '\ud800', 'a\udc00b'])('are not %j', text =>
    expect(isText(text)).toBe(false),
  )

  it('are readable as they are; of what machines send the rest shows as unreadable', () => {
    expect(readable('张三\n👩‍💻')).toBe('张三\n👩‍💻')
    expect(readable('a\u0000b\ud800c')).toBe('a\ufffdb\ufffdc')
  })

  it('stand in JSON ten levels deep at most, keys as well as values', () => {
    expect(isPlainJson({ a: [1, null, true, 'x'] })).toBe(true)
    expect(isPlainJson({ a: ['\u0000'] })).toBe(false)
    expect(isPlainJson({ '\ud800': 1 })).toBe(false)
    expect([isPlainJson(nested(10)), isPlainJson(nested(11))]).toEqual([true, false])
  })
})
