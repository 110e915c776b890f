import { describe, expect, it } from 'vitest'
import type { HookRequest } from '../../kernel/ports/index.js'
import { receive } from './hook.js'
import { normalise } from './normalise.js'
import { settingsOf } from './settings.js'

const settings = settingsOf({
  id: 'fs1',
  name: 'FreeSWITCH',
  timeZone: 'Asia/Shanghai',
  trunks: [],
  settings: { username: 'fs', secret: 'a:secret with colons' },
})
const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`
const signedIn = basic('fs:a:secret with colons')

const variables = {
  uuid: '0cc20c55-7309-4a50-bbbe-85b903db0e65',
  direction: 'inbound',
  channel_name: 'sofia/ext/13812345678@198.51.100.7',
  hub_consent: 'announced',
  start_uepoch: '1795429135229424',
  end_uepoch: '1795429141829437',
  hangup_cause: 'NORMAL_CLEARING',
  caller_id: '"王 伟" <13812345678>',
}
const callflow = [{ caller_profile: { caller_id_number: '13812345678', destination_number: '02161230000' } }]
const record = { variables, callflow }
const encoded = {
  variables: Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, encodeURIComponent(value)])),
  callflow,
}

const post = (body: string, authorization: string | undefined = signedIn): HookRequest => ({
  headers: { authorization, 'content-type': 'application/x-www-form-urlencoded' },
  query: {},
  body: Buffer.from(body),
  receivedAt: new Date(1795429142000),
})
const factsOf = (body: string) => receive(settings, post(body)).flatMap(({ payload }) => normalise(settings, payload))

describe('A record that mod_json_cdr posts', () => {
  const facts = factsOf(JSON.stringify(record))

  it('tells of its leg', () => {
    expect(facts.map(({ kind }) => kind)).toEqual(['LEG_STARTED', 'LEG_ENDED', 'CONSENT'])
    expect(facts[0]).toMatchObject({ direction: 'INBOUND', from: '13812345678', to: '02161230000', line: 'ext' })
  })

  const bodies = {
    'with encoded values': JSON.stringify(encoded),
    'as a form': `cdr=${encodeURIComponent(JSON.stringify(record))}`,
    'as a form with encoded values': `cdr=${encodeURIComponent(JSON.stringify(encoded))}`,
    'as a form in Base64, and zeros behind it': `cdr=${Buffer.from(`${JSON.stringify(record)}\0\0\0`).toString('base64')}`,
    'as a file of its error folder': `${encodeURIComponent(JSON.stringify(encoded))}\n`,
  }
  it.each(Object.entries(bodies))('is the same %s, whatever its content type says', (_, body) => {
    expect(factsOf(body)).toEqual(facts)
  })

  it('has one key, however often it is posted', () => {
    const keys = [JSON.stringify(record), bodies['as a form']].map(body => receive(settings, post(body))[0]!.key)
    expect(new Set(keys)).toEqual(new Set(['cdr:0cc20c55-7309-4a50-bbbe-85b903db0e65']))
  })

  it.each([
    ['nobody', undefined],
    ['somebody else', basic('fs:another secret')],
    ['another name', basic('hub:a:secret with colons')],
    ['a token', 'Bearer abc'],
    ['nonsense', 'Basic ****'],
  ])('is refused from %s', (_, authorization) => {
    const request = post(JSON.stringify(record))
    request.headers.authorization = authorization
    expect(() => receive(settings, request)).toThrow(/Sign in by Basic authentication/)
  })

  it('is refused where the system posts none', () => {
    const listening = settingsOf({
      id: 'fs2',
      name: 'FreeSWITCH',
      timeZone: 'Asia/Shanghai',
      trunks: [],
      settings: { address: 'tcp://127.0.0.1', password: 'p' },
    })
    expect(() => receive(listening, post(JSON.stringify(record)))).toThrow(/Sign in/)
  })

  it.each([
    '',
    '{',
    'null',
    '[]',
    '{"variables":{}}',
    '{"variables":{"uuid":13812345678}}',
    '{"variables":{"uuid":"a b"}}',
    'cdr=%',
    'cdr=%7B',
    'cdr=13812345678',
  ])('is refused as %j, with a reason that repeats no value', body => {
    expect(() => receive(settings, post(body))).toThrow(/^The body must be the record of one leg/)
  })

  it('with nonsense in its parts says less, and harms nothing', () => {
    for (const odd of [
      { callflow: 'none' },
      { callflow: [null] },
      { callflow: [{ caller_profile: 7 }] },
      { app_log: 'x' },
      { variables: { ...variables, start_uepoch: 'soon' } },
      { variables: { ...variables, hub_consent: 'constructor', hangup_cause: '__proto__' } },
    ])
      expect(() => factsOf(JSON.stringify({ ...record, ...odd }))).not.toThrow()
  })
})
