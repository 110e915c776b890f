import { readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connectSystem } from '../../commands/connect/connectSystem.js'
import { talkAt } from '../../commands/connect/talk.js'
import { readSettings } from '../../commands/readSettings.js'
import { asterisk } from '../../connectors/asterisk/index.js'
import { AmiServer } from '../kit/amiServer.js'
import { captured } from '../telephony/captures.js'
import { openFolder } from './program/folder.js'

let ami: AmiServer
let opened: Awaited<ReturnType<typeof openFolder>>
beforeAll(async () => {
  ami = await AmiServer.start()
  opened = await openFolder()
})
afterAll(async () => {
  await ami.stop()
  await opened[Symbol.asyncDispose]()
})

/** Everything that was shown, for these words on the command line. */
async function connect(file: string, said: Record<string, string>, most = 0): Promise<string[]> {
  const shown: string[] = []
  const answers = { address: ami.address, username: ami.username, secret: ami.secret, trunks: 'trunk-ct', ...said }
  const enough = new AbortController()
  await connectSystem({
    connector: asterisk,
    talk: talkAt(new Map(Object.entries(answers)), false, text => {
      shown.push(text)
      if (text.includes('listening')) ami.play(...captured('ami-in-answered').filter(({ Event }) => Event))
    }),
    configPath: join(opened.path, file),
    environment: {},
    zone: 'Asia/Shanghai',
    events: { most, signal: enough.signal },
  })
  return shown
}

test('G2: a phone system is tried and written into a configuration that the hub takes, its secret beside it', async () => {
  const shown = await connect('hub.yaml', { id: 'pbx' })
  expect(shown.join('\n')).toMatch(/logged in at 127\.0\.0\.1:\d+/)
  const path = join(opened.path, 'hub.yaml')
  const text = await readFile(path, 'utf8')
  expect(text + shown.join()).not.toContain(ami.secret)
  expect((await stat(join(opened.path, 'hub.env'))).mode & 0o777).toBe(0o600)
  const { config } = await readSettings({ HUB_CONFIG: path, HUB_DATA: opened.path })
  expect(config.systems).toEqual([
    expect.objectContaining({ id: 'pbx', connector: 'asterisk', trunks: ['trunk-ct'], secret: ami.secret }),
  ])
  expect(config.people).toContainEqual(expect.objectContaining({ id: 'admin', role: 'ADMIN' }))
})

test('G2: what is found becomes lines, people and queues of the configuration; calls are placed only if that was wished', async () => {
  ami.lists.PJSIPShowEndpoints = [
    { Event: 'EndpointList', ObjectName: '1001', Aor: '1001' },
    { Event: 'EndpointList', ObjectName: '1002', Aor: '1002' },
    { Event: 'EndpointList', ObjectName: 'trunk-ct', Aor: 'trunk-ct' },
  ]
  ami.queueEntries = [
    { Event: 'QueueParams', Queue: 'sales' },
    { Event: 'QueueMember', Queue: 'sales', Name: 'Li Na', StateInterface: 'PJSIP/1001', Interface: 'PJSIP/1001' },
  ]
  const path = join(opened.path, 'found.yaml')
  await writeFile(path, 'teams: [{ id: north, name: 北方 }]\n')
  const said = { id: 'pbx', trunks: 'trunk-ct', people: '1001', dial: 'yes', 'dial-number': '02161230000' }
  const shown = await connect('found.yaml', said)
  expect(shown.join('\n')).toMatch(/lines: trunk-ct\n {2}telephones: 1001 \(Li Na\), 1002\n {2}queues: sales \(1\)/)
  const { config } = await readSettings({ HUB_CONFIG: path, HUB_DATA: opened.path })
  expect(config.people).toContainEqual(
    expect.objectContaining({ id: 'agent-1001', name: 'Li Na', role: 'AGENT', teamId: 'north', extensions: ['1001'] }),
  )
  expect(config.people.map(({ id }) => id)).toEqual(['admin', 'agent-1001'])
  expect(config.queues).toEqual([{ name: 'sales', teamId: 'north' }])
  expect(config.systems[0]!.settings).toMatchObject({ dial: { callerId: '"{shownAs}" <02161230000>' } })
  ami.lists.PJSIPShowEndpoints = []
  ami.queueEntries = []
})

test('what it calls itself and its people asks the configuration for no secret, nor steers the terminal', async () => {
  ami.lists.PJSIPShowEndpoints = [{ Event: 'EndpointList', ObjectName: '1003', Aor: '1003' }]
  ami.queueEntries = [
    { Event: 'QueueParams', Queue: 'sales' },
    { Event: 'QueueMember', Queue: 'sales', Name: `\u001b[31m\${PBX_SECRET}`, StateInterface: 'PJSIP/1003' },
  ]
  const shown = await connect('names.yaml', { id: 'pbx' })
  expect(shown.join('\n')).not.toContain('\u001b')
  const path = join(opened.path, 'names.yaml')
  const { config } = await readSettings({ HUB_CONFIG: path, HUB_DATA: opened.path })
  expect(config.people.find(({ id }) => id === 'agent-1003')?.name).toBe('\ufffd[31m{PBX_SECRET}')
  ami.lists.PJSIPShowEndpoints = []
  ami.queueEntries = []
})

test('what it says first is shown, and no number of anybody is', async () => {
  const shown = await connect('events.yaml', { id: 'pbx' }, 5)
  expect(shown.join('\n')).toMatch(/inbound, a leg begins from 138\*\*\*\*5678 .* on line trunk-ct/)
  expect(shown.join('\n')).not.toContain('13812345678')
})

test('a secret that is refused writes nothing and says what to look at', async () => {
  await expect(connect('refused.yaml', { secret: 'not it' })).rejects.toThrow(/check username and secret/)
  await expect(stat(join(opened.path, 'refused.yaml'))).rejects.toThrow(/ENOENT/)
})

test('another system of the same name is replaced only if that was said; how it was is kept', async () => {
  const path = join(opened.path, 'twice.yaml')
  await writeFile(path, '# mine\nsystems:\n  - { id: pbx, name: X, kind: CALL, connector: asterisk }\n', {
    mode: 0o600,
  })
  await expect(connect('twice.yaml', { id: 'pbx' })).rejects.toThrow(/"pbx" stays as it is/)
  await connect('twice.yaml', { id: 'pbx', replace: 'yes' })
  expect(await readFile(path, 'utf8')).toMatch(/^# mine[\s\S]*address: tcp:/)
  expect(await readFile(`${path}.bak`, 'utf8')).toContain('name: X')
  // A file with secrets of its own stays its owner's.
  for (const file of [path, `${path}.bak`]) expect((await stat(file)).mode & 0o777).toBe(0o600)
})

test('a configuration that cannot be read is named before anything is asked, and stays as it is', async () => {
  const path = join(opened.path, 'broken.yaml')
  const text = 'people: [\nsystems:\n  - { secret: *sesame }\n'
  await writeFile(path, text)
  const error = await connect('broken.yaml', { id: 'pbx' }).catch((one: Error) => one)
  expect(String(error)).toMatch(/broken\.yaml does not fit:\n {2}- line \d/)
  expect(String(error)).not.toContain('sesame')
  expect(await readFile(path, 'utf8')).toBe(text)
})

test('without a terminal what is missing is named', async () => {
  const asked = connectSystem({
    connector: asterisk,
    talk: talkAt(new Map(), false, () => undefined),
    configPath: join(opened.path, 'nobody.yaml'),
    environment: {},
    zone: 'Asia/Shanghai',
    events: { most: 0, signal: new AbortController().signal },
  })
  await expect(asked).rejects.toThrow(/Say --secret/)
})
