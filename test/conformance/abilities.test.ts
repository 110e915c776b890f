import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { asterisk } from '../../connectors/asterisk/index.js'
import { freeswitch } from '../../connectors/freeswitch/index.js'
import { hubEvents } from '../../connectors/hubEvents/index.js'
import type { SystemSettings } from '../../kernel/ports/index.js'
import { projectRoot } from '../../kernel/projectRoot.js'
import { secrets, startWorld } from '../../sandbox/testing/world.js'
import { AmiServer } from '../kit/amiServer.js'
import { FreeSwitchServer } from '../kit/freeswitchServer.js'
import { pbx } from '../telephony/captures.js'
import { capturedPosts, fs1 } from '../telephony/freeswitchCaptures.js'
import { cdrFile, celFile, queueLogFile, recordedSpan } from '../telephony/records.js'
import { conformsWhenAsked } from './abilities.js'

/** Nothing listens there. */
const NOWHERE = 'tcp://127.0.0.1:1'
const wav = join(projectRoot, 'test', 'fixtures', 'asterisk', 'answered-call.wav')

conformsWhenAsked(asterisk, async () => {
  const ami = await AmiServer.start()
  ami.answers.CoreSettings = { Response: 'Success', AsteriskVersion: '22.10.1' }
  ami.lists.PJSIPShowEndpoints = ['1001', 'trunk-ct'].map(ObjectName => ({ Event: 'EndpointList', ObjectName }))
  const folder = await mkdtemp(join(tmpdir(), 'monitor-'))
  await copyFile(wav, join(folder, 'a.wav'))
  const at = (
    address: string,
    backfill: object = { cdr: cdrFile, cel: celFile, queueLog: queueLogFile },
  ): SystemSettings =>
    pbx({
      host: undefined,
      address,
      secret: ami.secret,
      dial: {},
      backfill,
      recordings: { folder, pbxFolder: '/var/spool/asterisk/monitor' },
    })
  return {
    system: at(ami.address),
    gone: at(NOWHERE),
    extension: '1001',
    ordered: () => JSON.stringify(ami.actions),
    unreadable: at(ami.address, { cdr: join(folder, 'Master.csv') }),
    records: { span: recordedSpan, calls: ['pbx1-1795428411.89'] },
    recording: '/var/spool/asterisk/monitor/a.wav',
    stop: async () => {
      await ami.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
})

conformsWhenAsked(freeswitch, async () => {
  const server = await FreeSwitchServer.start()
  server.registered.add('1002')
  server.printed.set('version', 'FreeSWITCH Version 1.10.12-release~64bit (-release 64bit)')
  server.printed.set('show registrations as json', JSON.stringify({ row_count: 1, rows: [{ reg_user: '1002' }] }))
  const folder = await mkdtemp(join(tmpdir(), 'freeswitch-'))
  const [records, monitor] = [join(folder, 'json_cdr'), join(folder, 'recordings')]
  await mkdir(records)
  await mkdir(monitor)
  await copyFile(wav, join(monitor, 'a.wav'))
  const posts = capturedPosts('in-answered')
  for (const [i, { body }] of posts.entries()) await writeFile(join(records, `${i}.cdr.json`), JSON.stringify(body))
  const at = (address: string, kept = records): SystemSettings =>
    fs1({
      address,
      password: server.password,
      dial: { endpoint: 'user/{extension}', gateway: 'sofia/gateway/carrier-ct/{number}' },
      backfill: { folder: kept },
      recordings: { folder: monitor, pbxFolder: '/var/lib/freeswitch/recordings' },
    })
  const calls = posts.flatMap(({ body }) => freeswitch.normalise(fs1(), Buffer.from(JSON.stringify(body))))
  return {
    system: at(server.address),
    gone: at(NOWHERE),
    extension: '1002',
    ordered: () => JSON.stringify(server.commands),
    unreadable: at(server.address, join(folder, 'nowhere')),
    records: {
      span: { from: new Date('2026-11-23T00:00:00Z'), to: new Date('2026-11-24T00:00:00Z') },
      calls: [...new Set(calls.map(({ callId }) => callId))],
    },
    recording: '/var/lib/freeswitch/recordings/a.wav',
    stop: async () => {
      await server.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
})

conformsWhenAsked(hubEvents, async () => {
  const world = await startWorld()
  const from = world.clock.now()
  const call = { agentId: 'agent-south-1', number: '13800004444', ringSeconds: 2, talkSeconds: 5 }
  const { body } = await world.pbx<{ callId: string }>('POST', '/control/call', call)
  await world.pass(15)
  const at = (address: string): SystemSettings => ({
    id: 'pbx',
    name: 'Any',
    timeZone: 'Asia/Shanghai',
    trunks: [],
    settings: { secret: secrets.pbx, address },
  })
  const { recording } = world.events().find(({ type }) => type === 'call.recording')!
  return {
    system: at(world.sandbox.pbxUrl),
    gone: at('http://127.0.0.1:1'),
    extension: '1001',
    unreadable: at('http://127.0.0.1:1'),
    ordered: async () => JSON.stringify((await world.pbx('GET', '/control/state')).body),
    records: { span: { from, to: world.clock.now() }, calls: [body.callId] },
    recording: recording!,
    stop: () => world.stop(),
  }
})
