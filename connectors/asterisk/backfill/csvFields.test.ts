import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { csvFields } from './csvFields.js'

const quoted = (field: string) => `"${field.replaceAll('"', '""')}"`

describe('The fields of a line', () => {
  it.each([
    ['a,b', ['a', 'b']],
    ['', ['']],
    [',', ['', '']],
    ['"a,b",""', ['a,b', '']],
    ['"""Wang Wei"" <13812345678>",1', ['"Wang Wei" <13812345678>', '1']],
    ['a"b,c', ['a"b', 'c']],
  ])('of %s are %j', (line, fields) => {
    expect(csvFields(line)).toEqual(fields)
  })

  it.each(['"a', 'x,"a""', '"a"b,c', '"a" ,c'])('of %s are not known: its quotes do not match', line => {
    expect(csvFields(line)).toBeNull()
  })

  it('come out as they went in, and any line is read or is not', () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { minLength: 1 }), fields => {
        expect(csvFields(fields.map(quoted).join(','))).toEqual(fields)
      }),
    )
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('"', ',', 'a') }), line => {
        const fields = csvFields(line)
        expect(fields === null || fields.length > 0).toBe(true)
      }),
    )
  })
})
