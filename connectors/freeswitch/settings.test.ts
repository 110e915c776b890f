import { describe, expect, it } from 'vitest'
import { settingsOf } from './settings.js'

const understood = (settings: Record<string, unknown>) =>
  settingsOf({ id: 'fs1', name: 'FreeSWITCH', timeZone: 'Asia/Shanghai', trunks: [], settings })

describe('Settings of a FreeSWITCH', () => {
  it('reach its event socket, take its records, or both', () => {
    expect(understood({ address: 'tls://pbx.example', password: 'p' })).toMatchObject({
      eventSocket: { host: 'pbx.example', port: 8021, tls: true, password: 'p' },
      poster: null,
    })
    expect(understood({ secret: 'a long secret' })).toMatchObject({
      eventSocket: null,
      poster: { username: 'hub', secret: 'a long secret' },
    })
  })

  it.each([
    [{}, /an address of its event socket .* or a secret .* or the folder/],
    [{ address: 'tcp://pbx.example' }, /password: needs the password of event_socket/],
    [{ address: 'http://pbx.example', password: 'p' }, /address must look like/],
    [{ address: 'tcp://pbx.example', password: 'p\n\napi shutdown' }, /password: must be a line of text/],
    [{ address: 'tcp://pbx.example', password: 'p\0' }, /password: must be a line of text/],
    [{ secret: 'short' }, /secret must have 8 characters/],
    [{ secret: 'a long secret', username: 'a:b' }, /before the colon/],
    [{ secret: 'a long secret', backfill: { folder: 'json_cdr' } }, /backfill\.folder: must be an absolute path/],
    [{ secret: 'a long secret', backfill: { folders: '/a' } }, /backfill/],
    [{ secret: 'a long secret', recordings: { folder: 'rec' } }, /recordings\.folder: must be an absolute path/],
    [{ secret: 'a long secret', recordings: {} }, /recordings: need a folder, or a url with pbxFolder/],
    [
      { secret: 'a long secret', dial: { endpoint: 'user/{extension}', dialplan: { context: 'default' } } },
      /dial: needs the address of the event socket/,
    ],
    [{ address: 'tcp://pbx.example', password: 'p', dial: { endpoint: 'user/{extension}' } }, /either a gateway or a/],
    [{ secret: 'a long secret', extensionPattern: '(' }, /extensionPattern is not a regular expression/],
  ])('%j are refused with a reason', (settings, reason) => {
    expect(() => understood(settings)).toThrow(reason)
  })
})
