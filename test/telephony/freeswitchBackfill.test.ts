import { mkdirSync, mkdtempSync, readdirSync, rmSync, truncateSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { freeswitch } from '../../connectors/freeswitch/index.js'
import type { BackfillSink, HookDelivery, Span } from '../../kernel/ports/index.js'
import { capturedCalls } from '../fixtures/freeswitch/expected.js'
import { capturedPosts, fs1 } from './freeswitchCaptures.js'

const ALWAYS: Span = { from: new Date(0), to: new Date('2100-01-01') }

class Inbox implements BackfillSink {
  readonly kept = new Map<string, string>()
  readonly shares: number[] = []
  stores = 0

  async store(deliveries: HookDelivery[]): Promise<void> {
    this.stores++
    for (const { key, payload } of deliveries) this.kept.set(key, String(payload))
  }

  progress(share: number): void {
    this.shares.push(share)
  }
}

let folder: string
let inbox: Inbox
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hub-json-cdr-'))
  inbox = new Inbox()
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const source = () => freeswitch.backfill!(fs1({ backfill: { folder } }))!
const read = (span = ALWAYS, signal = new AbortController().signal) => source().read(span, inbox, signal)

const posts = capturedCalls.flatMap(({ name }) => capturedPosts(name))
const uuidOf = ({ url }: { url: string }) => new URL(url, 'http://hub').searchParams.get('uuid')!

/** As mod_json_cdr leaves it: encoded for URLs, with a line break behind. */
function leave(name: string, body: object, write = (text: string) => `${encodeURIComponent(text)}\n`): string {
  const path = join(folder, name)
  writeFileSync(path, write(JSON.stringify(body)))
  return path
}
const tree = () => (readdirSync(folder, { recursive: true }) as string[]).sort()

describe('B14: the folder of mod_json_cdr', () => {
  it('holds what would have been posted, with the same keys and to the letter', async () => {
    mkdirSync(join(folder, '2026-11-23-10-00-00'))
    posts.forEach((post, i) => {
      const name = ['%.cdr.json', 'a_%.cdr.json', '%.json', '2026-11-23-10-00-00/%.cdr.json'][i % 4]!
      const write = [undefined, (text: string) => text, (text: string) => Buffer.from(text).toString('base64')][i % 3]
      leave(name.replace('%', uuidOf(post)), post.body, write)
    })
    const before = tree()
    const uuids = new Set(posts.map(uuidOf))
    // One of them was posted twice.
    expect(await read()).toEqual({ records: posts.length, unreadable: 0 })
    const authorization = `Basic ${Buffer.from('fs:a secret of fs').toString('base64')}`
    for (const { body } of posts) {
      const request = { headers: { authorization }, query: {}, receivedAt: new Date(0) }
      const [posted] = freeswitch.receive!(fs1(), { ...request, body: Buffer.from(JSON.stringify(body)) })
      expect(inbox.kept.get(posted!.key)).toBe(String(posted!.payload))
    }
    expect(inbox.kept.size).toBe(uuids.size)
    // Nothing was taken away, so that it can be read once more.
    expect(tree()).toEqual(before)
    expect(await read()).toEqual({ records: posts.length, unreadable: 0 })
    expect(source().about).toBe(`the folder ${folder}`)
  })

  it('is read for a span by the times in the records, whatever the times of the files', async () => {
    const [answered] = capturedPosts('in-answered')
    const [queue] = capturedPosts('queue')
    for (const post of [answered!, queue!]) {
      const path = leave(`${uuidOf(post)}.cdr.json`, post.body)
      utimesSync(path, new Date('2027-06-01'), new Date('2027-06-01'))
    }
    // From 10:18:55 to 10:19:01, and at 10:20:01.
    const found = async (from: string, to: string) => {
      inbox = new Inbox()
      const { records } = await read({ from: new Date(`2026-11-23T${from}Z`), to: new Date(`2026-11-23T${to}Z`) })
      expect(inbox.kept.size).toBe(records)
      return [...inbox.kept.keys()]
    }
    expect(await found('10:19:00', '10:19:10')).toEqual([`cdr:${uuidOf(answered!)}`])
    expect(await found('10:18:50', '10:18:56')).toEqual([`cdr:${uuidOf(answered!)}`])
    expect(await found('10:20:00', '10:21:00')).toEqual([`cdr:${uuidOf(queue!)}`])
    expect(await found('10:19:02', '10:20:01')).toEqual([])
    expect(await found('10:18:00', '10:18:55.270')).toEqual([])
  })

  it('is not opened where a file is older than the span can be', async () => {
    const old = join(folder, 'old.json')
    writeFileSync(old, 'no record')
    utimesSync(old, new Date('2026-11-01'), new Date('2026-11-01'))
    expect(await read({ from: new Date('2026-11-23'), to: new Date('2026-11-24') })).toEqual({
      records: 0,
      unreadable: 0,
    })
  })

  it('may hold anything: what is no record is counted, stays where it is, and keeps nothing else back', async () => {
    const [post] = capturedPosts('in-answered')
    const whole = JSON.stringify(post!.body)
    const bad: Record<string, string | Buffer> = {
      'half.json': whole.slice(0, 4000),
      'halfEncoded.cdr.json': encodeURIComponent(whole).slice(0, 4001),
      'zeros.json': Buffer.alloc(5000),
      'zerosInside.json': whole.replace('"variables"', '"vari\0bles"'),
      'empty.json': '',
      'number.json': '13812345678',
      'list.json': '[]',
      'nothing.json': '{"variables":{}}',
      'noTimes.json': '{"variables":{"uuid":"a","start_uepoch":"soon"}}',
      'repeated.json': '{"variables":{"uuid":"a"},"variables":[]}',
      'bytes.json': Buffer.from([0xff, 0xfe, 0x00, 0x7b]),
    }
    for (const [name, text] of Object.entries(bad)) writeFileSync(join(folder, name), text)
    // As large as it says, but takes no room.
    const huge = join(folder, 'huge.json')
    writeFileSync(huge, '{')
    truncateSync(huge, 1_000_000_000)
    writeFileSync(join(folder, 'notes.txt'), 'no business of ours')
    leave(`${uuidOf(post!)}.cdr.json`, post!.body)
    // Zeros behind a record are those of a text that was counted too long.
    leave('another.json', capturedPosts('in-busy')[0]!.body, text => `${text}\0\0`)
    const before = tree()
    expect(await read()).toEqual({ records: 2, unreadable: Object.keys(bad).length + 1 })
    expect(inbox.kept.size).toBe(2)
    expect(tree()).toEqual(before)
  })

  it('may be written to meanwhile: what was half there at first is looked at once more', async () => {
    const [post, other] = capturedPosts('in-answered')
    const path = leave('a.json', post!.body, text => text.slice(0, 5000))
    leave('b.json', other!.body)
    const progress = inbox.progress.bind(inbox)
    inbox.progress = share => {
      progress(share)
      if (share === 1) writeFileSync(path, JSON.stringify(post!.body))
    }
    expect(await read()).toEqual({ records: 2, unreadable: 0 })
    expect(inbox.shares).toEqual([0.5, 1])
  })

  it('may lose files meanwhile to somebody who posts them', async () => {
    for (const post of posts) leave(`${uuidOf(post)}.json`, post.body)
    inbox.progress = () => {
      for (const name of readdirSync(folder)) rmSync(join(folder, name))
    }
    const { records, unreadable } = await read()
    expect([records, unreadable]).toEqual([1, 0])
  })

  it('says what is wrong where it is not there, also where it goes away meanwhile', async () => {
    const missing = join(folder, 'missing')
    const none = freeswitch.backfill!(fs1({ backfill: { folder: missing } }))!
    const { signal } = new AbortController()
    await expect(none.read(ALWAYS, inbox, signal)).rejects.toThrow(
      `The folder ${missing} cannot be read: it does not exist; check settings.backfill.folder, and that it is mounted.`,
    )
    for (const post of posts) leave(`${uuidOf(post)}.json`, post.body)
    inbox.progress = () => rmSync(folder, { recursive: true, force: true })
    await expect(read()).rejects.toThrow('it does not exist')
  })

  it('is left at once when asked to, and when the hub cannot store', async () => {
    for (const post of posts) leave(`${uuidOf(post)}.json`, post.body)
    const stop = new AbortController()
    inbox.progress = () => stop.abort(new Error('the hub stops'))
    await expect(read(ALWAYS, stop.signal)).rejects.toThrow('the hub stops')
    inbox = new Inbox()
    inbox.store = () => Promise.reject(new Error('The inbox is full.'))
    await expect(read()).rejects.toThrow('The inbox is full.')
  })

  it('with many records is stored in parts, and progress only grows', async () => {
    const { body } = capturedPosts('in-abandoned')[0]!
    const text = JSON.stringify(body)
    const uuid = uuidOf(capturedPosts('in-abandoned')[0]!)
    for (let i = 0; i < 450; i++) writeFileSync(join(folder, `${i}.json`), text.replaceAll(uuid, `leg-${i}`))
    expect(await read()).toEqual({ records: 450, unreadable: 0 })
    expect([inbox.kept.size, inbox.stores]).toEqual([450, 3])
    expect(inbox.shares).toEqual([...inbox.shares].sort((a, b) => a - b))
    expect(inbox.shares.at(-1)).toBe(1)
  })
})

it('A system whose settings name no folder has no such source', () => {
  expect(freeswitch.backfill!(fs1())).toBeNull()
  expect(() => freeswitch.check(fs1({ backfill: { folder: 'json_cdr' } }))).toThrow(
    'backfill.folder: must be an absolute path',
  )
  expect(() => freeswitch.check({ ...fs1(), settings: { backfill: { folder } } })).not.toThrow()
})
