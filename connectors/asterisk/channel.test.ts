import { describe, expect, it } from 'vitest'
import { memberExtension, partyOf } from './channel.js'
import { settingsOf } from './settings.js'

const settings = settingsOf({
  id: 'pbx',
  name: 'Asterisk',
  timeZone: 'Asia/Shanghai',
  trunks: ['trunk-ct', 'from-carrier'],
  settings: { address: 'tcp://127.0.0.1', username: 'hub', secret: 'x' },
})

describe('Who is behind a channel', () => {
  it.each([
    ['PJSIP/trunk-ct-0000000b', 'from-trunk', { line: 'trunk-ct' }],
    ['PJSIP/1001-0000002a', 'internal', { extension: '1001' }],
    ['SIP/1001-0000002a', 'from-carrier', { extension: '1001' }],
    // Endpoints of many carriers have names of their own; their context tells what they are.
    ['PJSIP/carrier-7-0000002a', 'from-carrier', { line: 'carrier-7' }],
    ['PJSIP/door-phone-0000002a', 'internal', {}],
    ['DAHDI/i1-13812345678-1a', 'from-carrier', { line: 'i1-13812345678' }],
    ['Local/1001@agents-0000002a;2', 'agents', null],
    ['Recorder/ARI-00000001;1', 'default', null],
    ['nonsense', 'default', null],
    [undefined, undefined, null],
  ])('%s in %s: %j', (channel, context, party) => {
    expect(partyOf(settings, channel, context)).toEqual(party)
  })

  it.each([
    ['PJSIP/1001', '1001'],
    ['Local/1002@agents/n', '1002'],
    ['PJSIP/reception', undefined],
    [undefined, undefined],
  ])('member %s: %s', (member, extension) => {
    expect(memberExtension(settings, member)).toBe(extension)
  })
})
