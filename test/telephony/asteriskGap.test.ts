import { afterAll, beforeAll, expect, it } from 'vitest'
import { asterisk } from '../../connectors/asterisk/index.js'
import type { SystemSettings } from '../../kernel/ports/index.js'
import { recordedCalls } from '../fixtures/asterisk/recorded.js'
import { type AmiMessage, AmiServer } from '../kit/amiServer.js'
import { startHub, type TestHub } from '../kit/startHub.js'
import { captured } from './captures.js'
import { cdrFile, celFile, queueLogFile, recordedSpan } from './records.js'
import { shown, shownCall } from './shown.js'

const settings = { username: 'hub', backfill: { cdr: cdrFile, cel: celFile, queueLog: queueLogFile } }
let ami: AmiServer
let hub: TestHub
let system: SystemSettings
let live: Awaited<ReturnType<typeof follow>>

const follow = () =>
  hub.as('admin').subscribe<any>('subscription { callUpdated { kind call { externalId status outcome } } }')

beforeAll(async () => {
  ami = await AmiServer.start()
  const pbx = {
    id: 'pbx1',
    name: 'Asterisk',
    kind: 'CALL' as const,
    connector: 'asterisk',
    address: ami.address,
    secret: ami.secret,
    trunks: ['trunk-ct'],
    timeZone: null,
    budget: { perSecond: null, perDay: null },
    settings,
  }
  hub = await startHub({ running: true, config: config => ({ ...config, systems: [pbx] }) })
  const own = { ...settings, address: ami.address, secret: ami.secret }
  system = { id: 'pbx1', name: 'Asterisk', timeZone: 'Asia/Shanghai', trunks: ['trunk-ct'], settings: own }
  live = await follow()
  await ami.asked('QueueStatus')
})
afterAll(() => ami.stop())

async function seen(externalId: string, status: string): Promise<void> {
  for (;;) {
    const { call } = (await live.next()).data.callUpdated
    if (call.externalId === externalId && call.status === status) return
  }
}

let marked = 0
/** A system's messages are applied in their order: with this one, all before it are. */
async function applied(): Promise<void> {
  const id = `pbx1-1795428999.${++marked}`
  ami.play({
    Event: 'Newchannel',
    Timestamp: '1795428999.000001',
    Channel: 'PJSIP/trunk-ct-000000ff',
    CallerIDNum: '13300000000',
    Uniqueid: id,
    Linkedid: id,
  })
  await seen(id, 'DIALING')
}

/** Reads the records into the hub's inbox, and applies them. */
async function backfill() {
  const sink = {
    store: async (deliveries: Parameters<typeof hub.inbox.store>[1]) =>
      void (await hub.inbox.store('pbx1', deliveries, hub.clock.now())),
    progress: () => undefined,
  }
  const done = await asterisk.backfill!(system)!.read(recordedSpan, sink, new AbortController().signal)
  await applied()
  return done
}

const breaksOff = async (events: readonly AmiMessage[], callId: string) => {
  const logins = ami.actions.filter(({ Action }) => Action === 'Login').length
  ami.play(...events)
  await seen(callId, 'RINGING')
  ami.drop()
  await ami.asked('QueueStatus', logins + 1)
  await seen(callId, 'ENDED')
}

it('B14: a connection that drops in the middle of a call loses nothing, once the records are read', async () => {
  const callId = 'pbx1-1795428081.23'
  const events = captured('ami-in-answered')
  const answered = events.findIndex(({ Event, DialStatus }) => Event === 'DialEnd' && DialStatus === 'ANSWER')
  await breaksOff(events.slice(0, answered), callId)
  expect(await shownCall(hub, callId)).toMatchObject({ status: 'ENDED', outcome: 'LOST', answeredAt: null })

  expect(await backfill()).toEqual({ records: expect.any(Number), unreadable: 0 })
  const healed = await shownCall(hub, callId)
  expect(healed).toMatchObject({
    status: 'ENDED',
    outcome: 'ANSWERED',
    agent: { extension: '1001' },
    // Heard before it broke.
    startedAt: '2026-11-23T10:01:21.744Z',
    ringingAt: '2026-11-23T10:01:21.749Z',
    // From the log of channels.
    answeredAt: '2026-11-23T10:01:23.256Z',
    endedAt: '2026-11-23T10:01:28.267Z',
    ringSeconds: 1,
    talkSeconds: 5,
    customerPhone: { masked: '138****5678' },
  })

  // Nobody was listening to the others at all.
  for (const { callId: other, state } of recordedCalls)
    if (other !== callId) expect(await shownCall(hub, other), other).toMatchObject(shown(state))

  // Once more changes nothing.
  const before = await Promise.all(recordedCalls.map(one => shownCall(hub, one.callId)))
  await backfill()
  expect(await Promise.all(recordedCalls.map(one => shownCall(hub, one.callId)))).toEqual(before)
})
