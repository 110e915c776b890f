import { describe, expect, it } from 'vitest'
import { settingsOf } from './settings.js'

const given = (settings: Record<string, unknown>) =>
  settingsOf({ id: 'pbx', name: 'Asterisk', timeZone: 'Asia/Shanghai', trunks: ['trunk-ct'], settings })

const account = { username: 'hub', secret: 'a secret' }

describe('How an Asterisk is reached', () => {
  it.each([
    [{ address: 'tcp://pbx.example:5039' }, { host: 'pbx.example', port: 5039, tls: false }],
    [{ address: 'tcp://10.0.0.5' }, { host: '10.0.0.5', port: 5038, tls: false }],
    [{ address: 'tls://pbx.example' }, { host: 'pbx.example', port: 5038, tls: true }],
    [{ host: 'pbx.example' }, { host: 'pbx.example', port: 5038, tls: false }],
    [
      { host: '::1', port: 5100, tls: true },
      { host: '::1', port: 5100, tls: true },
    ],
  ])('%j', (settings, expected) => {
    expect(given({ ...account, ...settings })).toMatchObject({ ...expected, trunks: new Set(['trunk-ct']) })
  })

  it.each([
    [{}, /username: needs the username of a manager account/],
    [account, /needs an address such as tcp:/],
    [{ ...account, address: 'pbx.example:5038' }, /address must look like tcp:/],
    [{ ...account, address: 'tcp://pbx', extensionPattern: '(' }, /extensionPattern is not a regular expression/],
    [{ ...account, host: 'pbx', port: 0 }, /port/],
    // It would be an action of its own on the wire.
    [{ ...account, address: 'tcp://pbx', secret: 'x\r\nAction: Originate' }, /needs the secret/],
    [{ ...account, address: 'tcp://pbx', secret: 'x\0' }, /needs the secret/],
  ])('%j is refused with a reason', (settings, reason) => {
    expect(() => given(settings)).toThrow(reason)
    expect(() => given(settings)).not.toThrow(/a secret/)
  })
})
