import { createWriteStream } from 'node:fs'
import { chmod, mkdir, truncate } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { finished } from 'node:stream/promises'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { startHub } from '../kit/startHub.js'
import { type Imported, importing } from './importing.js'

const hub = await startHub()
const list = await importing(hub)

const CUSTOMERS = ['--system', 'sandbox-crm', '--type', 'customers']
/** Bytes of 客户编号,姓名,手机 and of 张伟 in GB18030. */
const GBK_HEADER = Buffer.from('bfcdbba7b1e0bac52cd0d5c3fb2ccad6bbfa0a', 'hex')
const GBK_NAME = Buffer.from('d5c5ceb0', 'hex')
const imported = async (name: string, content: string | Buffer, ...more: string[]) =>
  list.run(await list.file(name, content), ...CUSTOMERS, ...more)
const nameOf = async (number: string) =>
  (await hub.as('admin').query(`{ customersByPhone(number: "${number}") { name } }`)).customersByPhone.map(
    (one: { name: string }) => one.name,
  )

describe('a file that nobody can import', () => {
  it('is refused before anything is written, with what to do', async () => {
    const folder = `${list.folder}/folder.csv`
    await mkdir(folder)
    const refused: [() => Promise<Imported>, RegExp][] = [
      [() => list.run(`${list.folder}/none.csv`, ...CUSTOMERS), /no such file/],
      [() => list.run(folder, ...CUSTOMERS), /folder: name the file in it/],
      [() => list.run('/dev/null', ...CUSTOMERS), /no plain file/],
      [() => imported('empty.csv', ''), /is empty/],
      [() => imported('list.xlsx', Buffer.from('PK\u0003\u0004\u0000rest')), /xlsx.*save it as CSV/],
      [() => imported('old.xls', Buffer.from('d0cf11e0a1b11ae1', 'hex')), /xls.*save it as CSV/],
      [() => imported('nul.csv', 'id,name\0,phone\n'), /not text/],
      [() => imported('list.json', '[{"id": 1}]'), /one object a line/],
      [
        () => imported('noHeader.csv', '张三,13755550001,北京\n李四,13755550002,上海\n'),
        /names stand in the first row[\s\S]*手机号/,
      ],
      [() => imported('noNumber.csv', '姓名,微信\n张三,wx\n'), /id or phone[\s\S]*Not understood: 微信/],
      [
        () => imported('mixed.csv', Buffer.concat([Buffer.from('编号,姓名\n'), GBK_NAME, Buffer.from([0xff, 0xff])])),
        /neither UTF-8 nor GB18030/,
      ],
      [() => imported('broken.csv.gz', gzipSync('id,name,phone\n').subarray(0, 20)), /no whole gzip/],
      [
        () => list.run('x.csv', '--system', 'nobody', '--type', 'customers'),
        /names no system "nobody"; there are sandbox-pbx, sandbox-crm/,
      ],
      [() => imported('map.csv', 'id,name\n1,a\n', '--map', `${list.folder}/none.yaml`), /mapping cannot be read/],
      [
        async () =>
          imported('map2.csv', 'id,name\n1,a\n', '--map', await list.file('m.yaml', 'columns: { a: nonsense }')),
        /names nonsense; customers have the fields/,
      ],
    ]
    for (const [run, reason] of refused) {
      const { code, said } = await run()
      expect(said).toMatch(reason)
      expect(said).not.toMatch(/张三|13755550001/)
      expect(code).toBe(1)
    }
    expect(await hub.as('admin').query('{ customers { totalCount } syncRuns { totalCount } }')).toEqual({
      customers: { totalCount: 0 },
      syncRuns: { totalCount: 0 },
    })
  })

  it.skipIf(process.getuid?.() === 0)('may be one that one has no right to read', async () => {
    const path = await list.file('secret.csv', 'id,name,phone\n')
    await chmod(path, 0)
    expect(await list.run(path, ...CUSTOMERS)).toMatchObject({ code: 1, said: expect.stringMatching(/may not read/) })
  })

  it('with a quote that is never closed, or no end of a line, ends at that row in bounded memory', async () => {
    const rows = Array.from({ length: 3000 }, (_, n) => `q-${n},客户,137${String(n).padStart(8, '0')}`)
    rows[2500] = 'q-x,"客户,13799999999'
    const { code, said } = await imported('quote.csv', `id,name,phone\n${rows.join('\n')}\n`)
    expect([code, said]).toEqual([1, expect.stringMatching(/Row 2502 cannot be read: a quote/)])
    expect(await nameOf('13700000001')).toEqual(['客户'])
    const path = `${list.folder}/endless.csv`
    const out = createWriteStream(path)
    out.end(`id,name,phone\n1,${'x'.repeat(5000)}`)
    await finished(out)
    // Bytes behind it that the disk need not hold.
    await truncate(path, 300 * 2 ** 20)
    const before = process.memoryUsage().rss
    expect(await list.run(path, ...CUSTOMERS)).toMatchObject({
      code: 1,
      said: expect.stringMatching(/longer than 256 KB/),
    })
    expect(process.memoryUsage().rss - before).toBeLessThan(150 * 2 ** 20)
  })
})

describe('a file that is written in another way', () => {
  it.each([
    [
      'GB18030',
      Buffer.concat([GBK_HEADER, Buffer.from('g-1,'), GBK_NAME, Buffer.from(',13700070001\n')]),
      '13700070001',
    ],
    [
      'UTF-16 as Excel writes it',
      Buffer.from('\ufeff客户编号\t姓名\t手机\r\ng-2\t张伟\t13700070002\r\n', 'utf16le'),
      '13700070002',
    ],
    ['UTF-8 with a mark', Buffer.from('\ufeff客户编号;姓名;手机\ng-3;张伟;13700070003'), '13700070003'],
    ['line ends of old', Buffer.from('客户编号,姓名,手机\rg-4,张伟,13700070004\r\r'), '13700070004'],
    [
      'all line ends at once',
      Buffer.from('客户编号,姓名,手机\r\ng-5,张伟,13700070005\n\r\ng-6,张三,13700070006\r'),
      '13700070005',
    ],
    ['gzip', gzipSync('客户编号,姓名,手机\ng-7,张伟,13700070007\n'), '13700070007'],
  ])('%s is read', async (name, content, number) => {
    expect(await imported(`${name}.csv`, content)).toMatchObject({ code: 0 })
    expect(await nameOf(number)).toEqual(['张伟'])
  })

  it('is read as one says; rows that cannot be read so are rejected, or lose the field', async () => {
    const bytes = Buffer.concat([
      Buffer.from('编号,姓名,手机\nu-1,张伟,13700080001\nu-2,'),
      GBK_NAME,
      Buffer.from(',13700080002\n'),
      Buffer.from([0xff]),
      Buffer.from(',x,13700080003\n'),
    ])
    const { code, said } = await imported('said.csv', bytes, '--encoding', 'utf-8')
    expect(code).toBe(2)
    expect(said).toContain('1 × id has characters that nobody can read')
    expect(said).toContain('1 × name has characters that nobody can read')
    expect(await nameOf('13700080002')).toEqual([null])
  })

  it('from standard input is read too', async () => {
    const stdin = Readable.from([Buffer.from('id,name,pho'), Buffer.from('ne\ni-1,张伟,13700090001\n')])
    const { code, said } = await list.runWith({ stdin }, '-', ...CUSTOMERS)
    expect([code, said]).toEqual([0, expect.stringContaining('begins anew')])
    expect(await nameOf('13700090001')).toEqual(['张伟'])
  })

  it('is JSON line by line; lines that are none are rejected with what stood there', async () => {
    const lines = [
      '{"id":"n-1","name":"张伟","mobile":13700100001,"tags":["VIP","老"]}',
      'not json',
      '[1]',
      '{"id":"n-2","name":"李","phone":"13700100002","__proto__":{"x":1},"constructor":"x"}',
      `{"id":"n-3","note":"${'x'.repeat(1_100_000)}"}`,
      '{"id":"n-4","name":"\\u0000王","phone":"13700100004"}',
      '{"name":"nobody"}',
    ]
    const { code, said } = await imported('lines.ndjson', lines.join('\n'))
    expect(code).toBe(2)
    expect(said).toMatch(/7 rows read[\s\S]*3 created[\s\S]*4 rejected/)
    expect(said).toContain('2 × the row is no JSON object')
    expect(said).toContain('1 × the row is longer than any row may be')
    expect(await nameOf('13700100004')).toEqual([null])
  })

  it('says nothing more than its first row, and that is no error', async () => {
    expect(await imported('header.csv', 'id,name,phone\n')).toMatchObject({
      code: 0,
      said: expect.stringContaining('0 rows read'),
    })
  })

  it('is imported in bounded memory, however long it and its rows are', async () => {
    const line = (n: number) =>
      JSON.stringify({ id: `long-${n}`, name: '长', phone: `136${String(n).padStart(8, '0')}`, x: 'x'.repeat(200_000) })
    const gz = gzipSync(Array.from({ length: 750 }, (_, n) => line(n)).join('\n'), { level: 1 })
    const path = await list.file('long.ndjson.gz', gz)
    globalThis.gc?.()
    const before = process.memoryUsage().rss
    let peak = 0
    const watching = setInterval(() => {
      peak = Math.max(peak, process.memoryUsage().rss)
    }, 10)
    expect(await list.run(path, ...CUSTOMERS)).toMatchObject({ code: 0, said: expect.stringContaining('750 created') })
    clearInterval(watching)
    // 150 MB of rows.
    expect(peak - before).toBeLessThan(140 * 2 ** 20)
  })
})
