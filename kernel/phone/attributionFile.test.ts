import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { offlineAttribution } from './attribution.js'
import { parseAttribution, readAttributionFile } from './attributionFile.js'
import { normalisePhone } from './normalisePhone.js'

const tableOf = (...rows: string[]) => {
  const { table, problems } = parseAttribution(rows.join('\n'))
  expect(problems).toEqual([])
  return (number: string) => table!.attributionOf(normalisePhone(number))
}
const problemsOf = (...rows: string[]) => parseAttribution(rows.join('\n')).problems

describe("A5: a table of the operator's own", () => {
  it('knows prefixes that the table of the hub lacks', () => {
    expect(offlineAttribution.attributionOf(normalisePhone('19912345678')).region).toBeUndefined()
    const of = tableOf('号段,省,市,运营商', '1991234,江苏省,南京市,电信', '\r', '0577,浙江,温州,')
    expect(of('199 1234 5678')).toEqual({ province: '江苏', city: '南京', region: '江苏 南京', carrier: '中国电信' })
    expect(of('0577-88886666')).toEqual({ province: '浙江', city: '温州', region: '浙江 温州' })
    expect(of('13800138000')).toEqual({ province: '北京', city: '北京', region: '北京', carrier: '中国移动' })
  })

  it('counts more than that of the hub, its longest prefix most, and leaves to it what it does not say', () => {
    const of = tableOf('139,四川,,', '13907,四川,成都,', '1390755,,,移动转网', '138,,,新运营商')
    expect(of('13900001111')).toMatchObject({ region: '四川', carrier: '中国移动' })
    expect(of('13907001111')).toMatchObject({ region: '四川 成都', carrier: '中国移动' })
    expect(of('13907551111')).toMatchObject({ region: '四川 成都', carrier: '移动转网' })
    expect(of('13800138000')).toMatchObject({ region: '北京', carrier: '新运营商' })
  })

  it('writes places as the hub does', () => {
    const of = tableOf('1990001,北京市,北京市,', '1990002,广西壮族自治区,南宁市,', '1990003,吉林省,延边朝鲜族自治州,')
    expect(['1990001', '1990002', '1990003'].map(prefix => of(`${prefix}0000`).region)).toEqual([
      '北京',
      '广西 南宁',
      '吉林 延边',
    ])
  })

  it('answers as the longest prefix does that fits, whatever the order of its rows', () => {
    const prefix = fc
      .integer({ min: 3, max: 7 })
      .chain(digits => fc.constantFrom('1991111', '1991112', '1991211', '1992').map(text => text.slice(0, digits)))
    const rows = fc.uniqueArray(prefix, { minLength: 1, maxLength: 8 })
    fc.assert(
      fc.property(
        rows,
        fc.constantFrom('19911119999', '19911129999', '19912119999', '19920009999'),
        (prefixes, number) => {
          const of = tableOf(...prefixes.map(one => `${one},省${one},,`))
          const longest = prefixes.filter(one => number.startsWith(one)).sort((a, b) => b.length - a.length)[0]
          expect(of(number).province).toBe(longest && `省${longest}`)
        },
      ),
    )
  })

  it('is refused as a whole, with all that is wrong and where', () => {
    expect(
      problemsOf(
        'prefix,province,city,carrier',
        '12,北京,,',
        '13a,北京,,',
        '0999999,北京,,',
        '1390000,,深圳,',
        '1390001,,,',
        '1390002,a,b,c,d',
        '1390003,北京,,',
        '1390003,上海,,',
        '1390003,北京,,',
        '"1390004,北京',
        `1390005,${'x'.repeat(41)},,`,
      ),
    ).toEqual([
      'line 2: its prefix must be 3 to 7 digits of a mobile number (1390755) or an area code with its 0 (0755)',
      'line 3: its prefix must be 3 to 7 digits of a mobile number (1390755) or an area code with its 0 (0755)',
      'line 4: its prefix must be 3 to 7 digits of a mobile number (1390755) or an area code with its 0 (0755)',
      'line 5: it says neither province nor carrier of its prefix',
      'line 6: it says neither province nor carrier of its prefix',
      'line 7: it has 5 columns: write prefix,province,city,carrier',
      'line 9: it says of this prefix otherwise than line 8: keep one of them',
      'line 11: a quotation mark is not closed: write prefix,province,city,carrier',
      'line 12: names are up to 40 characters of plain text',
    ])
    expect(problemsOf('prefix,province,city,carrier')).toEqual([
      'It has no row: write one prefix a line, such as 1390755,广东,深圳,中国移动.',
    ])
    expect(problemsOf(...Array.from({ length: 50 }, () => 'nonsense 1'))).toHaveLength(21)
  })

  it('with whatever in it never crashes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), text => {
        const { table, problems } = parseAttribution(text)
        expect((table === null) === problems.length > 0).toBe(true)
      }),
      { numRuns: 50 },
    )
  })
})

describe('A5: the file', () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'attribution-'))
  })
  afterAll(() => rm(folder, { recursive: true }))
  const written = async (bytes: string | Buffer) => {
    const file = join(folder, 'table.csv')
    await writeFile(file, bytes)
    return file
  }

  it('may be GB18030 or UTF-8, with a mark at its beginning and with quotation marks', async () => {
    // 1991234,广东,深圳, in GB18030
    const bytes = Buffer.concat([
      Buffer.from('1991234,'),
      Buffer.from('b9e3b6ab2cc9eedbda2c', 'hex'),
      Buffer.from('\r\n'),
    ])
    const gb = await readAttributionFile(await written(bytes))
    const utf = await readAttributionFile(await written('\ufeff"prefix","province"\n"1991234","广东","深圳",""\n'))
    for (const table of [gb, utf]) expect(table.attributionOf(normalisePhone('19912345678')).region).toBe('广东 深圳')
  })

  it('that cannot be used is named with what is wrong', async () => {
    await expect(readAttributionFile(join(folder, 'missing.csv'))).rejects.toThrow(
      /missing\.csv \(HUB_ATTRIBUTION\) cannot be used:\n {2}- It cannot be read \(ENOENT.*check the path and its rights\./,
    )
    await expect(readAttributionFile(await written('1,2\n'))).rejects.toThrow(/- line 1: /)
  })

  it('of hundreds of thousands of prefixes is read in seconds', { timeout: 60_000 }, async () => {
    const rows: string[] = []
    for (let prefix = 1_800_000; prefix < 2_000_000; prefix++) rows.push(`${prefix},广东,深圳${prefix % 300},移动`)
    const file = await written([...rows, ...rows.slice(0, 50_000)].join('\n'))
    const began = performance.now()
    const table = await readAttributionFile(file)
    expect(performance.now() - began).toBeLessThan(10_000)
    expect(table.attributionOf(normalisePhone('19999991234')).city).toBe('深圳199')
  })
})
