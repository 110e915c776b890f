import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { diallerOf } from '../../connectors/asterisk/dialler.js'
import { asterisk } from '../../connectors/asterisk/index.js'
import { Session } from '../../connectors/asterisk/session.js'
import { settingsOf } from '../../connectors/asterisk/settings.js'
import type { DialOrder } from '../../kernel/ports/index.js'
import { AmiServer } from '../kit/amiServer.js'
import { callsOf, pbx } from './captures.js'
import { ManualTime, Store, until } from './surroundings.js'

let ami: AmiServer
beforeEach(async () => {
  ami = await AmiServer.start()
})
afterEach(() => ami.stop())

const system = (more: object = {}) => pbx({ port: ami.port, secret: ami.secret, dial: {}, ...more })
const dialler = (more: object = {}) => asterisk.dialler!(system(more))!
const order = (more: Partial<DialOrder> = {}): DialOrder => ({
  callId: `hub-${randomUUID()}`,
  extension: '1001',
  number: '13812345678',
  shownAs: '138****5678',
  ...more,
})
const refusal = (placing: Promise<unknown>) =>
  placing.then(
    () => 'It was placed.',
    error => error,
  )

describe('C8: a call that is placed', () => {
  it('rings at the agent, shows them the masked number only, and dials the number as the trunk wants it', async () => {
    const one = order()
    await dialler({ dial: { prefix: '9', variables: { HUB_CALL: 'yes' } } }).place(one)
    expect(await ami.asked('Originate')).toMatchObject({
      Channel: 'PJSIP/1001',
      ChannelId: one.callId,
      Context: 'from-internal',
      Exten: '913812345678',
      Priority: '1',
      CallerID: '"138****5678" <138****5678>',
      Timeout: '30000',
      Async: 'true',
      Variable: 'HUB_CALL=yes',
    })
    await ami.connected(0)
  })

  it.each([
    ['+12025550123', '0012025550123'],
    ['01088886666', '01088886666'],
  ])('dials %s as %s', async (number, dialled) => {
    await dialler().place(order({ number }))
    expect((await ami.asked('Originate')).Exten).toBe(dialled)
  })

  it('becomes one outbound call with its agent and its customer, by the id that the hub chose', async () => {
    const store = new Store()
    const session = new Session(settingsOf(system()), store, new ManualTime())
    session.start()
    await ami.asked('QueueStatus')
    const orders = fc.record({
      extension: fc.constantFrom('1001', '1002', '8003'),
      number: fc.stringMatching(/^1[3-9]\d{9}$/),
      digits: fc.uuid(),
    })
    await fc.assert(
      fc.asyncProperty(orders, async ({ extension, number, digits }) => {
        const callId = `hub-${digits}`
        await dialler().place(order({ callId, extension, number }))
        await dialler().hangUp(callId)
        await until(() => store.kept.some(event => event.includes('LINKEDID_END') && event.includes(callId)))
        const calls = callsOf(store.kept.map(event => Buffer.from(event)))
        expect(calls.get(callId)).toMatchObject({
          direction: 'OUTBOUND',
          status: 'ENDED',
          outcome: 'ANSWERED',
          agentExtension: extension,
          customerNumber: number,
          lineId: 'trunk-ct',
          talkSeconds: 5,
        })
        expect(calls.size).toBe(1)
        store.kept.length = 0
      }),
      { numRuns: 10 },
    )
    await session.stop()
  })

  it('is refused with what to do, and without its number', async () => {
    const expected = {
      busy: ['CONFLICT', /busy/],
      unreachable: ['UNAVAILABLE', /signed in/],
      forbid: ['UNAVAILABLE', /write = originate/],
      refuse: ['UNAVAILABLE', /known to it/],
    } as const
    for (const [manner, [code, message]] of Object.entries(expected)) {
      ami.manners.originate = manner as keyof typeof expected
      const error = await refusal(dialler().place(order()))
      expect(error, manner).toMatchObject({ code, message: expect.stringMatching(message) })
      expect(JSON.stringify(error), manner).not.toMatch(/138/)
    }
    ami.manners.login = 'refuse'
    expect(await refusal(dialler().place(order()))).toMatchObject({ code: 'UNAVAILABLE' })
    ami.drop()
  })

  it('is taken once Asterisk has said so and nothing went wrong for three seconds; nobody waits for ever', async () => {
    const placed = async (manner: 'silent' | 'ignore', ms: number) => {
      ami.manners.originate = manner
      const time = new ManualTime()
      const settings = settingsOf(system())
      const placing = refusal(diallerOf(settings, settings.dial!, time).place(order()))
      await ami.asked('Originate', ami.actions.filter(({ Action }) => Action === 'Originate').length + 1)
      let result: unknown
      void placing.then(said => {
        result = said
      })
      await until(() => time.next === ms)
      time.pass(ms - 1)
      await new Promise(resolve => setImmediate(resolve))
      expect(result).toBeUndefined()
      time.pass(1)
      return placing
    }
    expect(await placed('silent', 3000)).toBe('It was placed.')
    expect(await placed('ignore', 15_000)).toMatchObject({ code: 'UNAVAILABLE' })
  })

  it('holds no header, and no channel, but those that the hub means', async () => {
    const odd: Partial<DialOrder>[] = [
      { extension: '1001\r\nAction: Command' },
      { extension: '1001&PJSIP/trunk-ct' },
      { number: '138\r\nApplication: System\r\nData: rm' },
      { number: '13812345678,1,x' },
      { callId: 'x\r\nVariable: y' },
      { callId: '' },
    ]
    for (const one of odd) expect(await refusal(dialler().place(order(one)))).toMatchObject({ code: 'BAD_USER_INPUT' })
    expect(ami.actions).toEqual([])
    await dialler().place(order({ shownAs: '"x" <911>\r\nAction: Command' }))
    expect((await ami.asked('Originate')).CallerID).toBe('"x 911Action Command" <x 911Action Command>')
  })

  it('is hung up with all its channels, and being over is no error', async () => {
    const [one, other] = [order(), order({ extension: '1002' })]
    await dialler().place(one)
    await dialler().place(other)
    await dialler().hangUp(one.callId)
    expect(await asterisk.callsNow!(system())).toEqual(new Set([other.callId]))
    await dialler().hangUp(one.callId)
    await dialler().hangUp('hub-unknown')
    expect(ami.actions.filter(({ Action }) => Action === 'Hangup').map(({ Channel }) => Channel)).toEqual([
      'PJSIP/1001-a0000001',
      'PJSIP/trunk-ct-b0000001',
    ])
  })

  it('is placed by nobody where the settings do not say how', () => {
    expect(asterisk.dialler!(pbx())).toBeNull()
  })

  it.each([
    [{ channel: 'PJSIP/1001' }, /must be a channel such as PJSIP/],
    [{ channel: 'PJSIP/{extension}\r\nx' }, /must be a channel/],
    [{ context: 'a b' }, /must be a context/],
    [{ prefix: 'x' }, /digits/],
    [{ ringSeconds: 1 }, /ringSeconds/],
    [{ variables: { 'a b': 'x' } }, /variables/],
    [{ variables: { A: 'x,B=y' } }, /without commas/],
  ])('with %j is refused before it is used', (dial, message) => {
    expect(() => asterisk.check(pbx({ dial }))).toThrow(message)
  })
})

describe('The calls that go on now', () => {
  it('are those of the channels, whoever else asks at the time', async () => {
    ami.channels = ['a', 'a', 'b'].map((Linkedid, i) => ({ Event: 'CoreShowChannel', Linkedid, Uniqueid: String(i) }))
    expect(await asterisk.callsNow!(system())).toEqual(new Set(['a', 'b']))
    expect(ami.actions[0]).toMatchObject({ Action: 'Login', Events: 'off' })
  })

  it('are not known where the list was cut short, or nobody answers', async () => {
    ami.lies = 1
    await expect(asterisk.callsNow!(system())).rejects.toThrow(/cut the list/)
    ami.manners.login = 'refuse'
    await expect(asterisk.callsNow!(system())).rejects.toThrow(/refused the login/)
  })
})

describe('What there is', () => {
  const endpoint = (ObjectName: string) => ({ Event: 'EndpointList', ObjectName, DeviceState: 'Not in use' })
  const member = (Location: string, Name: string) => ({ Event: 'QueueMember', Queue: 'sales', Location, Name })

  it('is told of: product, lines, phones, and queues with their members', async () => {
    ami.answers.CoreSettings = { Response: 'Success', AsteriskVersion: '22.10.1' }
    ami.lists.PJSIPShowEndpoints = [endpoint('1001'), endpoint('1002'), endpoint('trunk-ct'), endpoint('trunk-cm')]
    ami.lists.PJSIPShowRegistrationsOutbound = [
      { Event: 'OutboundRegistrationDetail', ObjectName: 'reg', Endpoint: 'trunk-cu' },
    ]
    ami.queueEntries = [
      { Event: 'QueueParams', Queue: 'sales' },
      member('PJSIP/1001', 'Li Na'),
      member('Local/1003@agents/n', 'Local/1003@agents/n'),
      { Event: 'QueueParams', Queue: 'empty' },
    ]
    expect(await asterisk.survey!(system())).toEqual({
      product: 'Asterisk 22.10.1',
      trunks: ['trunk-cm', 'trunk-ct', 'trunk-cu'],
      extensions: [{ number: '1001', name: 'Li Na' }, { number: '1002' }, { number: '1003' }],
      queues: [
        { name: 'sales', members: ['1001', '1003'] },
        { name: 'empty', members: [] },
      ],
    })
    // Nothing but questions.
    expect(new Set(ami.actions.map(({ Action }) => Action))).toEqual(
      new Set(['Login', 'CoreSettings', 'QueueStatus', 'PJSIPShowEndpoints', 'PJSIPShowRegistrationsOutbound']),
    )
  })

  it('with chan_sip are its peers; what the account may not ask for is left out', async () => {
    ami.lists.SIPpeers = [
      { Event: 'PeerEntry', ObjectName: '2001' },
      { Event: 'PeerEntry', ObjectName: 'carrier' },
    ]
    expect(await asterisk.survey!(system())).toEqual({
      product: 'Asterisk',
      trunks: ['carrier', 'trunk-ct'],
      extensions: [{ number: '2001' }],
      queues: [],
    })
  })
})
