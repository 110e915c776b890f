import { copyFile, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { asterisk } from '../../connectors/asterisk/index.js'
import { projectRoot } from '../../kernel/projectRoot.js'
import { pbx } from './captures.js'

const fixture = (name: string) => join(projectRoot, 'test', 'fixtures', 'asterisk', name)
const nobody = new AbortController().signal
const PBX = '/var/spool/asterisk/monitor'
const NAME = '20261123-13812345678.wav'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'recordings-'))
  await mkdir(join(folder, '2026'))
  await copyFile(fixture('answered-call.wav'), join(folder, '2026', NAME))
  await copyFile(fixture('never-answered-44-bytes.wav'), join(folder, 'empty.wav'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const fetched = (where: string) =>
  asterisk.recordings!(pbx({ recordings: { folder, pbxFolder: PBX } }))!.fetch(where, nobody)

it('what MixMonitor wrote is fetched by the path that it named', async () => {
  const wav = await readFile(fixture('answered-call.wav'))
  const { audio, bytes, contentType } = await fetched(`${PBX}/2026/${NAME}`)
  expect([bytes, contentType]).toEqual([wav.length, 'audio/wav'])
  expect(await buffer(audio)).toEqual(wav)
})

it('the 44 bytes that a call leaves which nobody answered are no recording', async () => {
  await expect(fetched(`${PBX}/empty.wav`)).rejects.toThrow('The phone system kept no audio of this call.')
})

it('without a place none are fetched; what is wrong with one is said, and no secret of it', () => {
  expect(asterisk.recordings!(pbx())).toBeNull()
  for (const recordings of [{}, { url: 'https://hub:sesame@pbx.example/', pbxFolder: PBX }]) {
    expect(() => asterisk.check(pbx({ recordings }))).toThrow(/recordings/)
    expect(() => asterisk.check(pbx({ recordings }))).not.toThrow(/sesame/)
  }
})
