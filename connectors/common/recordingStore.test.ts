import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { HubError } from '../../kernel/errors.js'
import { isReadablePlace, type RecordingPlace, recordingPlace, recordingStore } from './recordingStore.js'

const PBX = '/usr/local/freeswitch/var/rec'
const NUMBER = '13812345678'
/** The head of a wav, and a second of it. */
const AUDIO = Buffer.concat([Buffer.from('RIFF'), Buffer.alloc(40), Buffer.alloc(16_000, 7)])

let outer: string
let folder: string
let server: Server
let asked: { url: string; authorization?: string }[] = []
let base: string

beforeAll(async () => {
  outer = mkdtempSync(join(tmpdir(), 'hub-recordings-'))
  folder = join(outer, 'rec')
  mkdirSync(join(folder, '2026'), { recursive: true })
  writeFileSync(join(folder, '2026', `${NUMBER}.wav`), AUDIO)
  writeFileSync(join(folder, 'never.wav'), AUDIO.subarray(0, 44))
  writeFileSync(join(folder, 'nothing.mp3'), '')
  writeFileSync(join(folder, 'short.mp3'), 'ID3')
  writeFileSync(join(folder, 'large.wav'), AUDIO)
  truncateSync(join(folder, 'large.wav'), 300_000_000)
  writeFileSync(join(outer, 'secret.wav'), AUDIO)
  symlinkSync(join(outer, 'secret.wav'), join(folder, 'link.wav'))
  symlinkSync(outer, join(folder, 'up'))
  symlinkSync(join(folder, 'short.mp3'), join(folder, 'within.mp3'))

  server = createServer((request, response) => {
    asked.push({ url: request.url!, authorization: request.headers.authorization })
    const name = decodeURIComponent(request.url!).split('/').at(-1)!
    const status = Number(/^(\d{3})\.wav$/.exec(name)?.[1] ?? 200)
    if (status !== 200) return void response.writeHead(status, { location: 'http://127.0.0.1:1/' }).end('not found')
    if (name === 'page.wav') return void response.writeHead(200, { 'content-type': 'text/html' }).end('<p>Sign in</p>')
    if (name === 'cut.wav') {
      response.writeHead(200, { 'content-length': AUDIO.length })
      return void response.write(AUDIO.subarray(0, 10), () => response.destroy())
    }
    const body = name === 'never.wav' ? AUDIO.subarray(0, 44) : AUDIO
    response.writeHead(200, { 'content-type': 'audio/x-wav', 'content-length': body.length }).end(body)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/recordings`
})
afterAll(async () => {
  rmSync(outer, { recursive: true, force: true })
  server.closeAllConnections()
  await new Promise(resolve => server.close(resolve))
})

const fetched = (place: RecordingPlace, where: string, signal = new AbortController().signal) =>
  recordingStore(place).fetch(where, signal)

async function refusalOf(place: RecordingPlace, where: string): Promise<string> {
  const error = await fetched(place, where).then(
    () => undefined,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(HubError)
  const { code, message } = error as HubError
  expect(message).not.toMatch(/\d{7}|\/|\.wav/)
  return `${code}: ${message}`
}

const MISSING = 'NOT_FOUND: The phone system does not have this recording, or not any more.'
const OUTSIDE = 'NOT_FOUND: The phone system keeps this recording outside of the folder that the settings name.'
const SILENT = 'NOT_FOUND: The phone system kept no audio of this call.'

describe('Recordings in a folder', () => {
  it('are found by the path that the phone system names, in its folder or below', async () => {
    for (const where of [`${PBX}/2026/${NUMBER}.wav`, `2026/${NUMBER}.wav`, `${PBX}//2026/./${NUMBER}.wav`]) {
      const { audio, bytes } = await fetched({ folder, pbxFolder: `${PBX}/` }, where)
      expect(bytes).toBe(AUDIO.length)
      expect((await buffer(audio)).equals(AUDIO)).toBe(true)
    }
    expect(await buffer((await fetched({ folder }, join(folder, 'within.mp3'))).audio)).toEqual(Buffer.from('ID3'))
  })

  it.each([
    [`${PBX}/../secret.wav`, OUTSIDE],
    ['../secret.wav', OUTSIDE],
    ['2026/../../secret.wav', OUTSIDE],
    [`/etc/${NUMBER}.wav`, OUTSIDE],
    [`${PBX}2/${NUMBER}.wav`, OUTSIDE],
    ['2026/a\0.wav', OUTSIDE],
    ['', OUTSIDE],
    [PBX, OUTSIDE],
    [`${PBX}/link.wav`, MISSING],
    [`${PBX}/up/secret.wav`, MISSING],
    [`${PBX}/2026`, MISSING],
    [`${PBX}/${NUMBER}.wav`, MISSING],
    [`${PBX}/never.wav/${NUMBER}.wav`, MISSING],
    [`${PBX}/never.wav`, SILENT],
    [`${PBX}/nothing.mp3`, SILENT],
  ])('(%j) are nowhere else, and have audio in them', async (where, reason) => {
    expect(await refusalOf({ folder, pbxFolder: PBX }, where)).toBe(reason)
  })

  it('are read piece by piece, and no further when nobody wants more', async () => {
    const stop = new AbortController()
    const { audio } = await fetched({ folder }, 'large.wav', stop.signal)
    const before = process.memoryUsage().rss
    const pieces = audio[Symbol.asyncIterator]()
    let seen = 0
    while (seen < 100_000_000) seen += (await pieces.next()).value.length as number
    expect(process.memoryUsage().rss - before).toBeLessThan(80_000_000)
    stop.abort()
    await expect(async () => {
      for (;;) if ((await pieces.next()).done) return
    }).rejects.toThrow()
    const unread = await fetched({ folder }, 'large.wav')
    unread.audio.destroy()
  })
})

describe('Recordings on a server', () => {
  const place = (more: object = {}) => recordingPlace.parse({ url: base, pbxFolder: PBX, ...more })

  it('are fetched with what signs in, by their path below the folder', async () => {
    asked = []
    const named = `${PBX}/2026/${NUMBER} #1?.wav`
    const { audio, bytes, contentType } = await fetched(place({ username: 'hub', password: 'p:w' }), named)
    expect([bytes, contentType]).toEqual([AUDIO.length, 'audio/x-wav'])
    expect((await buffer(audio)).equals(AUDIO)).toBe(true)
    await buffer((await fetched(place({ token: 'a-token' }), `${PBX}/a.wav`)).audio)
    expect(asked).toEqual([
      { url: `/recordings/2026/${NUMBER}%20%231%3F.wav`, authorization: `Basic ${btoa('hub:p:w')}` },
      { url: '/recordings/a.wav', authorization: 'Bearer a-token' },
    ])
  })

  it.each([
    ['404.wav', MISSING],
    ['410.wav', MISSING],
    ['401.wav', 'UNAVAILABLE: The server of recordings refuses the hub; check settings.recordings.'],
    [
      '302.wav',
      `UNAVAILABLE: The server of recordings: HOST sends the hub elsewhere (302), where it does not go; put the final address into the settings.`,
    ],
    ['503.wav', 'UNAVAILABLE: The server of recordings: HOST answered 503.'],
    ['page.wav', 'UNAVAILABLE: The server of recordings answers with a page, not with audio.'],
    ['never.wav', SILENT],
    ['cut.wav', 'UNAVAILABLE: The server of recordings: HOST: the connection failed (UND_ERR_SOCKET).'],
    ['../hooks/x.wav', OUTSIDE],
  ])('(%s) are there, or it is said why not', async (name, reason) => {
    expect((await refusalOf(place(), `${PBX}/${name}`)).replace(new URL(base).host, 'HOST')).toBe(reason)
  })

  it('say so where nothing listens', async () => {
    const nowhere = recordingPlace.parse({ url: 'http://127.0.0.1:1/', pbxFolder: PBX })
    expect(await refusalOf(nowhere, `${PBX}/${NUMBER}.wav`)).toMatch(
      /^UNAVAILABLE: The server of recordings: 127.0.0.1:1: /,
    )
  })

  it('are not waited for any longer than one is asked to', async () => {
    const stop = new AbortController()
    stop.abort(new Error('enough'))
    await expect(fetched(place(), `${PBX}/a.wav`, stop.signal)).rejects.toThrow('enough')
    await expect(fetched({ folder }, 'large.wav', stop.signal)).rejects.toThrow('enough')
  })
})

describe('The place of recordings', () => {
  it.each([
    [{}],
    [{ folder: 'rec' }],
    [{ url: 'https://pbx.example/rec/' }],
    [{ url: 'ftp://pbx.example/', pbxFolder: '/rec' }],
    [{ url: 'https://hub:secret@pbx.example/', pbxFolder: '/rec' }],
    [{ folder: '/rec', url: 'https://pbx.example/', pbxFolder: '/rec' }],
  ])('is refused as %j', place => {
    const { error } = recordingPlace.safeParse(place)
    expect(error?.issues[0]?.message).toBeTruthy()
    expect(error?.message).not.toContain('secret@')
  })

  it('is readable on the way where it is http:// and not on this machine', () => {
    const of = (url: string) => isReadablePlace(recordingPlace.parse({ url, pbxFolder: '/rec' }))
    expect([of('http://10.0.0.5/rec'), of('https://10.0.0.5/rec'), of('http://127.0.0.1/rec')]).toEqual([
      true,
      false,
      false,
    ])
    expect(isReadablePlace(recordingPlace.parse({ folder: '/rec' }))).toBe(false)
    expect(isReadablePlace(null)).toBe(false)
  })
})
