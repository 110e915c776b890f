import { beforeAll, describe, expect, it } from 'vitest'
import { TestClock } from '../../kernel/clock.js'
import { createLog } from '../../kernel/log/index.js'
import { cursorNow } from '../kit/cursorNow.js'
import { type HookEvent, startHub, type TestHub } from '../kit/startHub.js'

/** What phone systems write where a number belongs, each with something that must not come out again. */
const ODD = {
  'no number at all': 'anonymous-caller',
  'a feature code': '*9744332211',
  'an address of SIP': 'sip:zhang.san@phones.example.com:5060',
  'an address with a number in it': 'sip:13855443322@10.0.0.1;user=phone',
  'a name': 'Wang Xiaoming of Accounting',
  'a name with control characters': '\u001b[31mWang\u0007Xiaoming\r\n\u2028',
  'a name in Chinese with a number': '王小明先生13855443322手机',
  'a number that is too long': '138554433221385544332213855443322',
  'a number in other digits': '１３８５５４４３３２２',
  'a number in brackets of an invisible kind': '\u202e13855443322\u202c',
  markup: '<img src=x onerror=alert(1)>',
  'half of a pair': 'Wang\u0000Xiaoming',
}
/** What of all this would tell somebody who it was; control characters as JSON writes them. */
const TELLING =
  /13855443322|9744332211|１３８５５４４３３２２|zhang\.san|Wang|Xiaoming|王小明|anonymous-caller|onerror|\\u00/

const SEEN = `fragment Seen on Call {
  id externalId status queue hangupCause customerPhone { masked kind region } legs { id party { masked kind } agent { id } }
  feedback { note } agent { id } customer { id } candidates { id }
}`

const logged: string[] = []
let hub: TestHub
beforeAll(async () => {
  hub = await startHub({
    log: createLog({ level: 'debug', clock: new TestClock(), write: line => void logged.push(line) }),
  })
})

let made = 0
/** An outbound call to it and an inbound one from it, with it in every other text as well. */
function events(odd: string): HookEvent[] {
  const text = odd.replaceAll('\u0000', '\ufffd')
  const [out, inward] = [`odd-${++made}`, `odd-${++made}`]
  return [
    { callId: inward, type: 'call.started', legId: 'a', direction: 'inbound', from: text, to: text, line: 'trunk' },
    { callId: inward, type: 'call.queued', queue: text },
    { callId: inward, type: 'call.ringing', legId: 'b', extension: text },
    { callId: inward, type: 'call.transferred', legId: 'b', to: text },
    { callId: inward, type: 'call.connected', legId: 'c', extension: '1001' },
    { callId: inward, type: 'call.ended', cause: text },
    { callId: inward, type: 'call.feedback', by: 'customer', note: text, rating: 3 },
    { callId: out, type: 'call.started', legId: 'a', direction: 'outbound', from: '1001', to: text, extension: '1001' },
    { callId: out, type: 'call.dialing', legId: 'b', to: text },
    { callId: out, type: 'call.ended' },
  ]
}

/** Texts that people write are shown as they are but for numbers and addresses: names in them are no secret. */
const withoutTexts = (call: { queue: unknown; hangupCause: unknown; feedback: unknown }) => ({
  ...call,
  queue: null,
  hangupCause: null,
  feedback: null,
})

describe('A10: in place of a number', () => {
  it.each(Object.entries(ODD))('%s is recorded, and shown to nobody', async (_what, odd) => {
    // The newest calls are those of this test.
    hub.clock.advance({ seconds: 1 })
    const live = await hub
      .as('auditor')
      .subscribe(`subscription($after: Cursor) { callUpdated(after: $after) { kind call { ...Seen } } } ${SEEN}`, {
        after: await cursorNow(hub),
      })
    await hub.happen(...events(odd))
    const answer = await hub.as('auditor').query(`{ calls(first: 2) { nodes { ...Seen } } } ${SEEN}`)
    expect(answer.calls.nodes).toHaveLength(2)
    const told: unknown[] = []
    for (let ended = 0; ended < 2; ) {
      const { data } = await live.next()
      const { kind, call } = data!.callUpdated
      told.push(withoutTexts(call))
      expect(JSON.stringify([call.queue, call.hangupCause])).not.toMatch(/13855443322|9744332211|zhang\.san@|\\u00/)
      if (kind === 'ENDED') ended++
    }
    for (const call of answer.calls.nodes) {
      expect(call.status).toBe('ENDED')
      expect(call.customerPhone.masked).toMatch(/^(\*{4}|138\*{4}3322)$/)
      const { lifeOf } = await hub
        .as('admin')
        .query(`query($id: ID!) { lifeOf(type: CALL, id: $id) { stage text } }`, call)
      expect(lifeOf.filter(({ stage }: { stage: string }) => stage === 'HEARD').length).toBeGreaterThanOrEqual(3)
      const plain = lifeOf.map(({ text }: { text: string }) =>
        text.replaceAll(/(cause|queue|原因|队列) .*?[.。;；）)]/gs, ''),
      )
      expect(JSON.stringify(plain)).not.toMatch(TELLING)
    }
    expect(JSON.stringify([told, answer.calls.nodes.map(withoutTexts)])).not.toMatch(TELLING)
    live.stop()
  })

  it('nothing of it stands in the log, in the audit or in what is told between processes', async () => {
    const { rows } = await hub.kernel
      .systemEm()
      .getConnection()
      .execute<{ rows: { text: string }[] }>(
        `select detail::text as text from hub.audit_entry union all select data::text from hub.feed_event`,
        [],
        'run',
      )
    expect(logged.join('\n')).not.toMatch(TELLING)
    expect(rows.map(({ text }) => text).join('\n')).not.toMatch(TELLING)
  })
})
