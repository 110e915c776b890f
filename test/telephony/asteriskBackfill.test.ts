import { appendFile, copyFile, mkdtemp, readFile, rename, rm, truncate, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { backfillOf } from '../../connectors/asterisk/backfill/backfill.js'
import { asterisk } from '../../connectors/asterisk/index.js'
import { settingsOf } from '../../connectors/asterisk/settings.js'
import type { Span } from '../../kernel/ports/index.js'
import { withClient } from '../../kernel/postgres/withClient.js'
import { recordedCalls } from '../fixtures/asterisk/recorded.js'
import { emptyTemplate, type FreshDatabase, freshDatabase } from '../kit/database.js'
import { WebServer } from '../kit/webServer.js'
import { callsOf, pbx } from './captures.js'
import { cdrFile, celFile, Kept, queueLogFile, readRecords, recorded, recordedSpan } from './records.js'
import { ManualTime, until } from './surroundings.js'

const ANSWERED = 'pbx1-1795428081.23'
const expected = (callId: string) => recordedCalls.find(one => one.callId === callId)!.state
const nobody = new AbortController().signal

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'records-'))
  return () => rm(folder, { recursive: true, force: true })
})
const file = (name: string) => join(folder, name)

/** The message of what it refuses with. */
const refusal = (backfill: unknown, span?: Span): Promise<string> =>
  readRecords(recorded(backfill), span).then(
    () => 'It was read.',
    error => String(error.message),
  )

describe('What is on record', () => {
  it('is read with a margin at both ends, counted, and told how far it has come', async () => {
    const { kept, done } = await readRecords()
    // 246 rows of cel.csv and 27 of cdr.csv are of ten o'clock and later, ten lines of queue_log are about a caller.
    const cel = (await readFile(celFile, 'utf8')).trim().split('\n').slice(4)
    const cdr = (await readFile(cdrFile, 'utf8')).trim().split('\n').slice(1)
    expect(done).toEqual({ records: cel.length + cdr.length + 10, unreadable: 0 })
    expect(kept.shares.at(-1)).toBe(1)
    expect(kept.shares).toEqual([...kept.shares].sort((a, b) => a - b))
    const early: Span = { from: new Date('2026-11-23T09:00:00Z'), to: new Date('2026-11-23T09:50:00Z') }
    expect((await readRecords(recorded(), early)).done).toEqual({ records: 0, unreadable: 0 })
  })

  it('has the same keys whenever it is read', async () => {
    const [once, again] = [await readRecords(), await readRecords()]
    const keys = once.kept.deliveries.map(({ key }) => key)
    expect(again.kept.deliveries.map(({ key }) => key)).toEqual(keys)
    expect(new Set(keys).size).toBe(keys.length)
  })

  it('stops when it is told to', async () => {
    const stop = new AbortController()
    const kept = new Kept()
    kept.store = async () => stop.abort(new Error('The hub stops.'))
    await expect(asterisk.backfill!(recorded())!.read(recordedSpan, kept, stop.signal)).rejects.toThrow(
      'The hub stops.',
    )
  })

  it('is not read further where it cannot be stored', async () => {
    const kept = new Kept()
    kept.store = () => Promise.reject(new Error('The database is away.'))
    await expect(asterisk.backfill!(recorded())!.read(recordedSpan, kept, nobody)).rejects.toThrow('database is away')
  })

  it('by CDR alone is the call as far as a CDR knows it', async () => {
    const { kept } = await readRecords(recorded({ cdr: cdrFile }))
    const calls = callsOf(kept.payloads)
    expect(calls.get(ANSWERED)).toMatchObject({
      direction: 'INBOUND',
      customerNumber: '13812345678',
      agentExtension: '1001',
      outcome: 'ANSWERED',
      startedAt: '2026-11-23T10:01:22.000Z', // the end, 28, less its duration of 6: the start in the row, 21, is cut to the second
      endedAt: '2026-11-23T10:01:28.000Z',
      talkSeconds: 5,
    })
    // Which member answered, and who abandoned, a CDR tells; when the member picked up, it does not.
    expect(calls.get('pbx1-1795428411.89')).toMatchObject({
      queue: 'sales',
      agentExtension: '1002',
      outcome: 'ANSWERED',
    })
    expect(calls.get('pbx1-1795428298.77')).toMatchObject({ queue: 'sales', outcome: 'NO_ANSWER', talkSeconds: 0 })
    expect(calls.get('pbx1-1795428090.27')).toMatchObject({ outcome: 'BUSY', agentExtension: '1001' })
    expect(calls.get('hub42-agent')).toMatchObject({
      direction: 'OUTBOUND',
      customerNumber: '13812345678',
      agentExtension: '1001',
    })
  })

  it('is in the zone that the ids of its channels tell, unless the settings say another', async () => {
    // The System is in Shanghai, the files are in UTC.
    const utc = callsOf((await readRecords()).kept.payloads)
    expect(utc.get(ANSWERED)?.startedAt).toBe('2026-11-23T10:01:21.743Z')

    const local = (await readFile(celFile, 'utf8')).replaceAll('"2026-11-23 10:', '"2026-11-23 18:')
    await writeFile(file('cel.csv'), local)
    const there = await readRecords(recorded({ cel: file('cel.csv') }))
    expect(callsOf(there.kept.payloads).get(ANSWERED)?.startedAt).toBe('2026-11-23T10:01:21.743Z')

    const tokyo = local.replaceAll('"2026-11-23 18:', '"2026-11-23 19:')
    await writeFile(file('tokyo.csv'), tokyo)
    expect(await refusal({ cel: file('tokyo.csv') })).toBe(
      'The times of the records are neither those of Asia/Shanghai nor in UTC: set timeZone beside it.',
    )

    const told = recorded({ cel: { file: celFile, timeZone: 'Asia/Tokyo' } })
    const { done } = await readRecords(told, {
      from: new Date('2026-11-23T01:00:00Z'),
      to: new Date('2026-11-23T01:02:00Z'),
    })
    expect(done.records).toBeGreaterThan(200)
  })

  it('is of the right hour where the clocks were put back and showed it twice', async () => {
    const began = new Date('2026-11-01T06:30:00Z')
    const id = `${began.getTime() / 1000}.7`
    const columns = 'channel,dstchannel,src,start,end,duration,billsec,disposition,uniqueid,linkedid,sequence'
    const row = `PJSIP/trunk-ct-1,PJSIP/1001-2,13812345678,2026-11-01 01:30:00,2026-11-01 01:31:00,60,50,ANSWERED,${id},${id},7`
    await writeFile(file('cdr.csv'), `${columns}\n${row}\n`)
    const span: Span = { from: began, to: new Date(began.getTime() + 60_000) }
    for (const timeZone of ['America/New_York', undefined]) {
      const system = recorded({ cdr: { file: file('cdr.csv'), timeZone } }, { timeZone: 'America/New_York' })
      const { kept, done } = await readRecords(system, span)
      expect(done).toEqual({ records: 1, unreadable: 0 })
      expect(callsOf(kept.payloads, system).get(id)).toMatchObject({
        startedAt: '2026-11-01T06:30:00.000Z',
        endedAt: '2026-11-01T06:31:00.000Z',
      })
    }
  })

  it('may tell its times as seconds since 1970, or with an offset', async () => {
    const rows = (await readFile(celFile, 'utf8')).split('\n').filter(row => row.includes('1795428081'))
    const epoch = rows.map(row =>
      row.replace(/"2026-11-23 10:01:(\d\d)\.(\d{3})"/, (_, s, ms) => `"${1795428060 + Number(s)}.${ms}000"`),
    )
    await writeFile(file('epoch.csv'), `${epoch.join('\n')}\n`)
    const offset = rows.map(row => row.replace(/"2026-11-23 10:(\S+)"/, '"2026-11-23T18:$1+0800"'))
    await writeFile(file('offset.csv'), `${offset.join('\n')}\n`)
    for (const name of ['epoch.csv', 'offset.csv']) {
      const { kept } = await readRecords(recorded({ cel: file(name) }))
      expect(callsOf(kept.payloads).get(ANSWERED)?.answeredAt, name).toBe('2026-11-23T10:01:23.256Z')
    }
  })
})

describe('Files', () => {
  it('that logrotate has put aside belong to it, zipped or not; those of another time are left alone', async () => {
    const rows = (await readFile(celFile, 'utf8')).trim().split('\n').slice(4)
    const parts = [rows.slice(0, 100), rows.slice(100, 180), rows.slice(180)].map(part => `${part.join('\n')}\n`)
    await writeFile(file('Master.csv-20261122.gz'), gzipSync(parts[0]!))
    await writeFile(file('Master.csv.1'), parts[1]!)
    await writeFile(file('Master.csv'), parts[2]!)
    await writeFile(file('Master.csv.bak'), 'nothing that can be read')
    await writeFile(file('Master.csv.2'), 'nothing that can be read')
    await utimes(file('Master.csv.2'), 0, 0)
    const { kept, done } = await readRecords(recorded({ cel: file('Master.csv') }))
    expect(done).toEqual({ records: rows.length, unreadable: 0 })
    expect(callsOf(kept.payloads).get(ANSWERED)).toEqual(expected(ANSWERED))
  })

  it('with columns of other names or in another order are read as their first line or the settings say', async () => {
    const rows = (await readFile(celFile, 'utf8')).trim().split('\n').slice(4)
    const turned = rows.map(row => `"x",${row}`)
    const columns =
      'ignored,eventtype,eventtime,cid_name,cidnum,cid_ani,cid_dnid,exten,context,channame,appname,uniqueid,linkedid,peer,extra'
    await writeFile(file('named.csv'), `${[columns, ...turned].join('\n')}\n`)
    await writeFile(file('bare.csv'), `${turned.join('\n')}\n`)
    for (const cel of [file('named.csv'), { file: file('bare.csv'), columns: columns.split(',') }]) {
      const { kept, done } = await readRecords(recorded({ cel }))
      expect(done).toEqual({ records: rows.length, unreadable: 0 })
      expect(callsOf(kept.payloads).get(ANSWERED)).toEqual(expected(ANSWERED))
    }
  })

  it('with half rows cost only those rows', async () => {
    const rows = (await readFile(celFile, 'utf8')).trim().split('\n').slice(4)
    rows.splice(
      3,
      0,
      '"CHAN_START","2026-11-23 10:0',
      '"ANSWER","2026-11-23 10:01:23.256","half',
      ',,,',
      '\u0000\u0001"',
    )
    // The last one is being written.
    await writeFile(file('cel.csv'), `${rows.join('\n')}\n"HANGUP","2026-11-23 10:09:59.2`)
    const { kept, done } = await readRecords(recorded({ cel: file('cel.csv') }))
    expect(done).toEqual({ records: rows.length - 4, unreadable: 5 })
    // Of another time than they are, they are nobody's concern.
    const later = { from: new Date('2026-11-24T10:00:00Z'), to: new Date('2026-11-24T11:00:00Z') }
    expect((await readRecords(recorded({ cel: file('cel.csv') }), later)).done).toEqual({ records: 0, unreadable: 0 })
    expect(callsOf(kept.payloads).get(ANSWERED)).toEqual(expected(ANSWERED))
  })

  it('of a PBX whose clock jumped are read by what it showed', async () => {
    const rows = (await readFile(celFile, 'utf8')).trim().split('\n').slice(4)
    const jumped = rows.map(row => (row.includes('1795428092') ? row.replace('2026-11-23 10:', '2026-11-23 07:') : row))
    await writeFile(file('cel.csv'), `${jumped.join('\n')}\n`)
    const { kept, done } = await readRecords(recorded({ cel: file('cel.csv') }))
    expect(done).toEqual({ records: rows.filter(row => !row.includes('1795428092')).length, unreadable: 0 })
    expect(callsOf(kept.payloads).get(ANSWERED)).toEqual(expected(ANSWERED))
  })

  it('in a foreign encoding, with a byte order mark or with the line ends of Windows, are read', async () => {
    const text = (await readFile(celFile, 'latin1'))
      .replaceAll('"Wang Wei"', '"\xcd\xf5\xce\xb0"')
      .replaceAll('\n', '\r\n')
    await writeFile(file('gbk.csv'), Buffer.from(`\xef\xbb\xbf${text}`, 'latin1'))
    const { kept, done } = await readRecords(recorded({ cel: file('gbk.csv') }))
    expect(done.unreadable).toBe(0)
    expect(callsOf(kept.payloads).get(ANSWERED)).toEqual(expected(ANSWERED))
  })

  it('that hold something else say what to look at, and quote nothing', async () => {
    await writeFile(file('other.csv'), 'name,phone\n王伟,13812345678\n')
    await copyFile(cdrFile, file('cdr.csv'))
    expect(await refusal({ cel: file('other.csv') })).toMatch(
      /^2 records of the file .* cannot be read, and none can: name their columns/,
    )
    expect(await refusal({ cdr: file('other.csv') })).toMatch(/newcdrcolumns/)
    expect(await refusal({ cel: file('cdr.csv') })).toMatch(/none can/)
    await writeFile(file('wrong.csv'), '1,2,3,4,5,6,7,8,9,10,11,12,13,14\n'.repeat(5000))
    expect(await refusal({ cel: file('wrong.csv') })).toMatch(/^1000 records/)
    for (const name of ['other.csv', 'cdr.csv']) expect(await refusal({ cel: file(name) })).not.toContain('13812345678')
  })

  it('that are not there, or may not be read, say so', async () => {
    expect(await refusal({ cel: file('none.csv') })).toBe(
      `The file ${file('none.csv')} cannot be read: there is no such file.`,
    )
    expect(await refusal({ cel: '/nowhere/none.csv' })).toMatch(/there is no such file/)
    await writeFile(file('cel.csv-1.gz'), 'not zipped')
    expect(await refusal({ cel: file('cel.csv') })).toMatch(/it is not a gzip file/)
    await writeFile(file('cel.csv-1.gz'), gzipSync('x\n'.repeat(100)).subarray(0, 20))
    expect(await refusal({ cel: file('cel.csv') })).toMatch(/it is cut short/)
  })

  it('that are put aside, cut or taken away while they are read are not taken for complete', async () => {
    const happens: Record<string, () => Promise<void>> = {
      aside: async () => {
        await rename(file('cel.csv'), file('cel.csv.1'))
        await copyFile(celFile, file('cel.csv'))
      },
      cut: () => truncate(file('cel.csv'), 100),
      gone: () => rm(file('cel.csv')),
    }
    for (const [name, happen] of Object.entries(happens)) {
      // More than is read at once.
      await writeFile(file('cel.csv'), (await readFile(celFile, 'utf8')).repeat(6))
      await rm(file('cel.csv.1'), { force: true })
      const kept = new Kept()
      let stored = 0
      kept.store = async () => {
        if (stored++ === 0) await happen()
      }
      const reading = asterisk.backfill!(recorded({ cel: file('cel.csv') }))!.read(recordedSpan, kept, nobody)
      await expect(reading, name).rejects.toThrow(
        /was put aside or cut while it was read; read it again|there is no such file/,
      )
      expect(kept.shares.at(-1), name).not.toBe(1)
    }
  })

  it('that grow while they are read are read as far as they went', async () => {
    await copyFile(celFile, file('cel.csv'))
    const kept = new Kept()
    kept.store = () => appendFile(file('cel.csv'), '"CHAN_START","2026-11-23 10:08:59.2')
    const done = await asterisk.backfill!(recorded({ cel: file('cel.csv') }))!.read(recordedSpan, kept, nobody)
    expect(done.unreadable).toBe(0)
  })
})

describe('A web server', () => {
  let web: WebServer
  beforeAll(async () => {
    web = await WebServer.start()
  })
  afterAll(() => web.stop())
  beforeEach(() => {
    web.requests.length = 0
  })
  const served = (more: object = {}) => recorded({ cel: { url: `${web.url}/cel.csv?from={from}&to={to}`, ...more } })
  const said = (more: object = {}) => refusal((served(more).settings as { backfill: unknown }).backfill)

  it('is asked for the span, signed in to, and read', async () => {
    const text = await readFile(celFile)
    web.answer = (_, response) => response.end(text)
    const { kept, done } = await readRecords(served({ username: 'hub', password: 'a secret' }))
    expect(done.unreadable).toBe(0)
    expect(callsOf(kept.payloads).get(ANSWERED)).toEqual(expected(ANSWERED))
    const [{ url, headers }] = web.requests as [(typeof web.requests)[0]]
    expect(url).toBe('/cel.csv?from=2026-11-23T10%3A00%3A00.000Z&to=2026-11-23T10%3A14%3A00.000Z')
    expect(headers.authorization).toBe(`Basic ${Buffer.from('hub:a secret').toString('base64')}`)
    await readRecords(served({ token: 'abc' }))
    expect(web.requests[1]!.headers.authorization).toBe('Bearer abc')
  })

  it.each([
    [500, /^127\.0\.0\.1:\d+ answered 500\.$/],
    [401, /refused the account \(401\)/],
    [404, /has no such file/],
  ])('that answers %i says so', async (status, message) => {
    web.answer = (_, response) => response.writeHead(status).end('13812345678')
    expect(await said()).toMatch(message)
  })

  it('that sends the hub elsewhere is not followed: the secret goes nowhere else', async () => {
    const other = await WebServer.start()
    web.answer = (_, response) => response.writeHead(302, { location: other.url }).end()
    expect(await said({ token: 'abc' })).toMatch(/sends the hub elsewhere \(302\), where it does not go/)
    expect(other.requests).toEqual([])
    await other.stop()
  })

  it('that breaks off is not taken for complete', async () => {
    web.answer = (_, response) => {
      response.writeHead(200, { 'content-length': '1000000' })
      response.write('"CHAN_START","2026-11', () => response.destroy())
    }
    expect(await said()).toMatch(/^127\.0\.0\.1:\d+: /)
  })

  it('that stalls, before or in the midst of its answer, is given up', async () => {
    for (const first of ['', '"CHAN_START",']) {
      const time = new ManualTime()
      const settings = settingsOf(served())
      let asked = false
      web.answer = (_, response) => {
        if (first !== '') response.write(first)
        asked = true
      }
      const reading = backfillOf(settings, settings.backfill!, time).read(recordedSpan, new Kept(), nobody)
      const refused = expect(reading).rejects.toThrow(/did not answer for 30 s/)
      await until(() => asked)
      // Time goes on until it has had enough.
      let over = false
      void refused.finally(() => {
        over = true
      })
      await until(() => {
        time.pass(30_000)
        return over
      })
      await refused
    }
  })

  it('that is not there is told of', async () => {
    const gone = await WebServer.start()
    const { url } = gone
    await gone.stop()
    expect(await refusal({ cel: { url } })).toMatch(/nothing listens at its address/)
  })

  it('that sends line after line without a break is not kept in memory', async () => {
    const piece = Buffer.alloc(1 << 20, 'x')
    web.answer = (_, response) => {
      for (let i = 0; i < 32; i++) response.write(piece)
      response.end()
    }
    expect(await said()).toMatch(/1 records .* cannot be read/)
  })
})

describe('A table', () => {
  let database: FreshDatabase
  const quoted = (value: string) => (value === '' ? 'null' : `'${value.replaceAll("'", "''")}'`)
  const rowsOf = async (path: string) =>
    (await readFile(path, 'utf8'))
      .trim()
      .split('\n')
      .map(row =>
        row.split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/).map(field => field.replace(/^"|"$/g, '').replaceAll('""', '"')),
      )

  beforeAll(async () => {
    database = await freshDatabase(emptyTemplate)
    const cdr = await rowsOf(cdrFile)
    const cel = await rowsOf(celFile)
    await withClient(database.superUrl, async client => {
      // As cdr_pgsql and cel_pgsql want them.
      await client.query(`
        create table cdr (accountcode text, src text, dst text, dcontext text, clid text, channel text, dstchannel text, lastapp text,
          lastdata text, calldate timestamp, answer timestamp, "end" timestamp, duration int, billsec int, disposition text,
          amaflags text, uniqueid text, userfield text, peeraccount text, linkedid text, sequence int);
        create schema log;
        create table log.cel (eventtype text, eventtime timestamptz, cid_name text, cid_num text, cid_ani text, cid_dnid text, exten text,
          context text, channame text, appname text, uniqueid text, call_id text, peer text, extra text);
        set timezone = 'UTC'`)
      for (const [table, rows] of [
        ['cdr', cdr],
        ['log.cel', cel],
      ] as const)
        await client.query(`insert into ${table} values ${rows.map(row => `(${row.map(quoted).join(',')})`).join(',')}`)
    })
  })
  afterAll(() => database.drop())
  const tables = (more: object = {}) => ({
    cdr: { database: database.superUrl },
    cel: { database: database.superUrl, table: 'log.cel', columns: { linkedid: 'call_id' } },
    queueLog: queueLogFile,
    ...more,
  })

  it('is the same as the file', async () => {
    const [there, here] = [await readRecords(recorded(tables())), await readRecords()]
    expect(there.done).toEqual(here.done)
    const calls = callsOf(there.kept.payloads)
    for (const { callId, state } of recordedCalls) expect(calls.get(callId)).toEqual(state)
  })

  it('that is not there, has other columns, or takes another account says so, without the secret', async () => {
    const url = new URL(database.superUrl)
    url.username = 'nobody'
    url.password = 'sesame'
    const said = [
      await refusal({ cdr: { database: database.superUrl, table: 'none' } }),
      await refusal({ cel: { database: database.superUrl, table: 'log.cel' } }),
      await refusal({ cdr: { database: url.href } }),
    ]
    expect(said[0]).toMatch(/^The table none of the database at .* cannot be read: there is no such table\.$/)
    expect(said[1]).toMatch(/has no column linkedid; name it in columns/)
    expect(said[2]).toMatch(/cannot be read: /)
    expect(said.join()).not.toContain('sesame')
  })

  it('is left when the hub stops', async () => {
    const stop = new AbortController()
    const kept = new Kept()
    kept.store = async () => stop.abort(new Error('The hub stops.'))
    const source = asterisk.backfill!(recorded(tables()))!
    await expect(source.read(recordedSpan, kept, stop.signal)).rejects.toThrow('The hub stops.')
  })
})

describe('Settings', () => {
  it.each([
    [{}, /needs cdr, cel, or both/],
    [{ cel: {} }, /cel: needs one of file, url and database/],
    [{ cel: 'Master.csv' }, /must be the whole path of a file/],
    [{ cel: { file: '/a', url: 'https://b' } }, /needs one of file, url and database/],
    [{ cel: { url: 'ftp://pbx/cel.csv' } }, /must look like https/],
    [{ cel: { url: 'https://hub:sesame@pbx/cel.csv' } }, /with the account in username and password/],
    [{ cel: { file: '/a', token: 'sesame' } }, /go with url/],
    [{ cdr: { database: 'mysql://hub:sesame@db/a' } }, /must look like postgres/],
    [{ cdr: { database: 'postgres://hub:sesame@db/a', table: 'cdr; drop table cdr' } }, /must be the name of a table/],
    [{ cdr: { database: 'postgres://hub:sesame@db/a', columns: ['a'] } }, /columns must say which column is which/],
    [{ cel: { file: '/a', timeZone: 'Mars' } }, /must be a time zone/],
    [{ cel: '/a', queueLog: 'x' }, /must be the whole path of a file/],
    [{ cel: '/a', unknown: 1 }, /unknown/],
  ])('%j are refused with what to do', (backfill, message) => {
    expect(() => asterisk.check(recorded(backfill))).toThrow(message)
    expect(() => asterisk.check(recorded(backfill))).not.toThrow(/sesame/)
  })

  it('that lead over the network in the open are readable by others', () => {
    const isReadable = (cdr: object) => asterisk.isReadable!(recorded({ cdr }))
    expect(isReadable({ file: '/a' })).toBe(false)
    expect(isReadable({ url: 'https://pbx.example/cdr.csv' })).toBe(false)
    expect(isReadable({ url: 'http://127.0.0.1/cdr.csv' })).toBe(false)
    expect(isReadable({ url: 'http://pbx.example/cdr.csv' })).toBe(true)
    expect(isReadable({ database: 'postgres://hub:x@db.example/a' })).toBe(true)
    expect(isReadable({ database: 'postgres://hub:x@db.example/a?sslmode=verify-full' })).toBe(false)
  })

  it('without it leave nothing to be read', () => {
    expect(asterisk.backfill!(pbx())).toBeNull()
    expect(asterisk.backfill!(recorded({ cdr: { url: 'https://pbx.example/cdr.csv?key=sesame' } }))!.about).toBe(
      'https://pbx.example/cdr.csv',
    )
  })
})
