import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { DialOrder } from '../../kernel/ports/index.js'
import { dialSettings } from './dialSettings.js'
import { originate } from './originate.js'

const byGateway = dialSettings.parse({
  endpoint: 'user/{extension}@pbx.example',
  gateway: 'sofia/gateway/carrier-ct/{number}',
  callerId: '02161230000',
})
const byDialPlan = dialSettings.parse({
  endpoint: 'sofia/internal/{extension}%pbx.example',
  dialplan: { context: 'outbound', prefix: '9' },
  ringSeconds: 20,
})
const order: DialOrder = {
  callId: 'hub-0cc20c55-7309-4a50-bbbe-85b903db0e65',
  extension: '1001',
  number: '13812345678',
  shownAs: '138****5678',
}

describe('C8: what places a call', () => {
  it('rings the phone as the leg that the hub named, shows it the mask, and then calls the gateway', () => {
    expect(originate(byGateway, order)).toBe(
      'originate {origination_uuid=hub-0cc20c55-7309-4a50-bbbe-85b903db0e65,' +
        'origination_caller_id_number=138****5678,origination_caller_id_name=138****5678,' +
        'ignore_display_updates=true,ignore_early_media=true,hangup_after_bridge=true,originate_timeout=30,' +
        'hub_number=13812345678}user/1001@pbx.example ' +
        '&bridge([origination_caller_id_number=02161230000,origination_caller_id_name=02161230000,' +
        'hub_number=13812345678]sofia/gateway/carrier-ct/13812345678)',
    )
  })

  it('or lets the dial plan take it on', () => {
    const text = originate(byDialPlan, order)
    expect(text).toMatch(
      /originate_timeout=20,hub_number=13812345678,export_vars=hub_number}sofia\/internal\/1001%pbx\.example /,
    )
    expect(text).toMatch(/ 913812345678 XML outbound$/)
  })

  it('takes numbers as the hub has them', () => {
    for (const number of ['02161230000', '+8613812345678', '+442071234567', '10086'])
      expect(originate(byGateway, { ...order, number })).toContain(`carrier-ct/${number})`)
  })

  const evil = [
    '1001,sip_h_X=1',
    '1001}error/user_busy',
    '1001 &system(reboot)',
    "1001'",
    '1001"',
    '1001\n\napi shutdown',
    '1001\r',
    '1001|1002',
    '1001$\u007bexpand}',
    '1001\\,a=b',
    '1001)',
    '[a=b]1001',
    '^^:a=b:1001',
    '1001\0',
    '',
    '１００１',
    '1'.repeat(200),
  ]
  it.each(evil)('is refused with %j anywhere in it, in words that do not repeat it', text => {
    for (const name of ['callId', 'extension', 'number', 'shownAs'] as const) {
      const reason = reasonOf(() => originate(byGateway, { ...order, [name]: text }))
      expect(reason).not.toContain(order.number)
      if (text !== '') expect(reason).not.toContain(text)
    }
  })

  it('never has more arguments, variables or lines than were meant, whatever is asked for', () => {
    const odd = fc.string({ unit: fc.constantFrom(...'1a*+-_. ,{}[]()<>|&$\'"\\\n\r\0^;:@%/=~#'), maxLength: 12 })
    fc.assert(
      fc.property(fc.record({ callId: odd, extension: odd, number: odd, shownAs: odd }), asked => {
        let text: string
        try {
          text = originate(byGateway, asked)
        } catch {
          return
        }
        expect(text.split(' ')).toHaveLength(3)
        expect(text.split(',')).toHaveLength(10)
        expect(text.match(/[{}[\]()]/g)?.join('')).toBe('{}([])')
        expect(text).not.toMatch(/[\n\r\0'"\\$|<>;]/)
      }),
      { numRuns: 500 },
    )
  })
})

describe('Settings of dialling', () => {
  it.each([
    [{ endpoint: 'user/{extension}' }, /either a gateway or a dialplan/],
    [
      { endpoint: 'user/{extension}', gateway: 'sofia/gateway/a/{number}', dialplan: { context: 'a' } },
      /either a gateway or a dialplan/,
    ],
    [{ endpoint: 'user/1001', gateway: 'sofia/gateway/a/{number}' }, /needs \{extension\} in one place/],
    [{ endpoint: 'user/{extension},user/1002', gateway: 'sofia/gateway/a/{number}' }, /must look like/],
    [{ endpoint: '{a=b}user/{extension}', gateway: 'sofia/gateway/a/{number}' }, /needs \{extension\}/],
    [{ endpoint: 'user/{extension}', gateway: 'sofia/gateway/a' }, /needs \{number\}/],
    [{ endpoint: 'user/{extension}', dialplan: { context: 'a b' } }, /context of the dial plan/],
    [{ endpoint: 'user/{extension}', dialplan: { context: 'a', prefix: '9,' } }, /must be digits/],
    [{ endpoint: 'user/{extension}', dialplan: { context: 'a' }, callerId: 'Li' }, /a number of yours/],
  ])('%j are refused with a reason', (settings, reason) => {
    expect(dialSettings.safeParse(settings).error?.message).toMatch(reason)
  })
})

function reasonOf(run: () => unknown): string {
  try {
    run()
  } catch (error) {
    return String(error)
  }
  throw new Error('It was accepted.')
}
