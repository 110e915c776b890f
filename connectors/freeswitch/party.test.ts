import { describe, expect, it } from 'vitest'
import { agentExtension, numberIn, partyOf, queueName } from './party.js'
import { settingsOf } from './settings.js'

const settings = settingsOf({
  id: 'fs1',
  name: 'FreeSWITCH',
  timeZone: 'Asia/Shanghai',
  trunks: ['carrier', 'external'],
  settings: { secret: 'a secret of fs' },
})

describe('Who is behind a channel', () => {
  it.each([
    ['sofia/internal/1001@10.0.0.5:5060', undefined, { extension: '1001' }],
    ['sofia/internal/sip:1001@10.0.0.5', undefined, { extension: '1001' }],
    ['verto.rtc/1001', undefined, { extension: '1001' }],
    ['sofia/external/13812345678', undefined, { line: 'external' }],
    // A service number is as short as an extension; the trunk tells.
    ['sofia/external/95588@198.51.100.7', undefined, { line: 'external' }],
    ['sofia/internal/95588', 'carrier', { line: 'carrier' }],
    ['sofia/external/13812345678', 'carrier', { line: 'carrier' }],
    ['sofia/internal/13812345678@10.0.0.9', undefined, { line: 'internal' }],
    ['sofia/internal/anonymous@anonymous.invalid', undefined, { line: 'internal' }],
    ['loopback/1001-a', undefined, null],
    ['', undefined, null],
    [undefined, undefined, null],
    ['nonsense', undefined, null],
  ])('%s by %s', (channel, gateway, party) => {
    expect(partyOf(settings, channel, gateway)).toEqual(party)
  })

  it.each([
    ['sofia/external/13812345678@198.51.100.7', '13812345678'],
    ['sofia/external/+8613812345678', '+8613812345678'],
    ['sofia/internal/sip:*97@10.0.0.5', '*97'],
    ['sofia/internal/alice@10.0.0.5', undefined],
    [undefined, undefined],
  ])('the number in %s', (channel, number) => {
    expect(numberIn(channel)).toBe(number)
  })
})

it('agents and queues go by the names that people use', () => {
  expect(agentExtension(settings, '1001@default')).toBe('1001')
  expect(agentExtension(settings, 'alice@default')).toBeUndefined()
  expect(queueName('sales@default')).toBe('sales')
  expect(queueName('sales@north')).toBe('sales@north')
})
