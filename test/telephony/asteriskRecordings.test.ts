import { copyFile, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { asterisk } from '../../connectors/asterisk/index.js'
import { projectRoot } from '../../kernel/projectRoot.js'
import { WebServer } from '../kit/webServer.js'
import { pbx } from './captures.js'

const fixture = (name: string) => join(projectRoot, 'test', 'fixtures', 'asterisk', name)
const nobody = new AbortController().signal
const store = (recordings: object) => asterisk.recordings!(pbx({ recordings }))!
const refusal = (recordings: object, where: string): Promise<string> =>
  store(recordings)
    .fetch(where, nobody)
    .then(
      ({ audio }) => {
        audio.destroy()
        return 'It was fetched.'
      },
      error => String(error.message),
    )

/** As Asterisk may name it: with the number in it. */
const NAME = '20261123-13812345678.wav'
const WHERE = `/var/spool/asterisk/monitor/2026/${NAME}`
let wav: Buffer
beforeAll(async () => {
  wav = await readFile(fixture('answered-call.wav'))
})

describe('A folder of recordings', () => {
  let root: string
  let folder: string
  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'recordings-'))
    folder = join(root, 'monitor')
    await mkdir(join(folder, '2026', 'folder.wav'), { recursive: true })
    await copyFile(fixture('answered-call.wav'), join(folder, '2026', NAME))
    await copyFile(fixture('never-answered-44-bytes.wav'), join(folder, 'empty.wav'))
    await writeFile(join(root, 'secret.wav'), 'a secret')
    await symlink(join(root, 'secret.wav'), join(folder, 'leads-out.wav'))
    await symlink(root, join(folder, 'out'))
    await symlink(join(folder, '2026', NAME), join(folder, 'stays.wav'))
  })
  afterAll(() => rm(root, { recursive: true, force: true }))

  it('gives the file that Asterisk named, by its own path or this machine\u2019s', async () => {
    for (const where of [WHERE, `2026/${NAME}`, 'stays.wav']) {
      const { audio, bytes, contentType } = await store({ folder }).fetch(where, nobody)
      expect([bytes, contentType]).toEqual([wav.length, 'audio/wav'])
      expect(await buffer(audio)).toEqual(wav)
    }
  })

  it.each([
    ['leads-out.wav', /leads out of the folder/],
    ['out/secret.wav', /leads out of the folder/],
    ['../secret.wav', /is no file of a recording/],
    ['2026/folder.wav', /is no file in the folder/],
    ['2026/notes.txt', /is no file of a recording/],
    [`${NAME}.wav`, /^The recording is not in the folder/],
    ['empty.wav', /holds no sound/],
  ])('gives nothing else: %s', async (where, message) => {
    const said = await refusal({ folder }, where)
    expect(said).toMatch(message)
    expect(said).not.toContain('138')
  })

  it('that is not there is told of', async () => {
    expect(await refusal({ folder: join(root, 'none') }, WHERE)).toMatch(/is not in the folder/)
  })

  it('stops when it is told to', async () => {
    const stop = new AbortController()
    const { audio } = await store({ folder }).fetch(WHERE, stop.signal)
    stop.abort()
    await expect(buffer(audio)).rejects.toThrow(/aborted/)
  })
})

describe('A web server of recordings', () => {
  let web: WebServer
  beforeAll(async () => {
    web = await WebServer.start()
  })
  afterAll(() => web.stop())
  const served = (more: object = {}) => ({ url: `${web.url}/rec/{file}`, ...more })

  it('is signed in to, and gives the file', async () => {
    web.answer = (_, response) => response.setHeader('content-type', 'audio/x-wav').end(wav)
    const { audio, contentType } = await store(served({ token: 'abc' })).fetch('2026/a b#1.wav', nobody)
    expect(contentType).toBe('audio/x-wav')
    expect(await buffer(audio)).toEqual(wav)
    const request = web.requests.at(-1)!
    expect([request.url, request.headers.authorization]).toEqual(['/rec/2026/a%20b%231.wav', 'Bearer abc'])
  })

  it('that has none, or something else, says so without the name', async () => {
    const said: string[] = []
    const answers: [number, string, string][] = [
      [404, 'text/plain', 'no'],
      [200, 'text/html; charset=utf-8', '<h1>Sign in</h1>'],
      [302, 'text/plain', ''],
    ]
    for (const [status, type, body] of answers) {
      web.answer = (_, response) =>
        response.writeHead(status, { 'content-type': type, location: 'http://elsewhere.example/' }).end(body)
      said.push(await refusal(served(), WHERE))
    }
    expect(said).toEqual([
      expect.stringMatching(/has no such file \(404\)/),
      expect.stringMatching(/answered with text\/html, which is no audio/),
      expect.stringMatching(/sends the hub elsewhere/),
    ])
    expect(said.join()).not.toContain('138')
  })

  it('that breaks off breaks the stream', async () => {
    web.answer = (_, response) => {
      response.writeHead(200, { 'content-type': 'audio/wav', 'content-length': '1000000' })
      response.write(wav, () => response.destroy())
    }
    const { audio } = await store(served()).fetch(WHERE, nobody)
    await expect(buffer(audio)).rejects.toThrow()
  })
})

describe('Settings', () => {
  it.each([
    [{}, /needs one of folder and url/],
    [{ folder: 'monitor' }, /must be the whole path of a folder/],
    [{ folder: '/a', url: 'https://b/{file}' }, /needs one of folder and url/],
    [{ url: 'https://b/' }, /must have \{file\}/],
    [{ url: 'https://hub:sesame@b/{file}' }, /with the account in username and password/],
    [{ folder: '/a', token: 'sesame' }, /go with url/],
  ])('%j are refused with what to do', (recordings, message) => {
    expect(() => asterisk.check(pbx({ recordings }))).toThrow(message)
    expect(() => asterisk.check(pbx({ recordings }))).not.toThrow(/sesame/)
  })

  it('without it there is no place, and an open address can be listened in on', () => {
    expect(asterisk.recordings!(pbx())).toBeNull()
    const isReadable = (url: string) => asterisk.isReadable!(pbx({ recordings: { url } }))
    expect(isReadable('https://b/{file}')).toBe(false)
    expect(isReadable('http://b/{file}')).toBe(true)
  })
})
