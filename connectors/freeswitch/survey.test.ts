import { describe, expect, it } from 'vitest'
import { settingsOf } from './settings.js'
import { extensionsIn, productIn, queuesIn, trunksIn } from './survey.js'

const settings = settingsOf({
  id: 'fs1',
  name: 'FreeSWITCH',
  timeZone: 'Asia/Shanghai',
  trunks: [],
  settings: { secret: 'a secret of fs' },
})

const none = [
  '',
  '-ERR callcenter_config Command not found!\n',
  '+OK\n',
  '-ERR permission denied',
  '\0|\0',
  '{',
  '|\n|\n|',
]

describe('What FreeSWITCH prints of itself', () => {
  it('has its product and version', () => {
    expect(productIn('FreeSWITCH Version 1.10.12-release+git~20240802T210227Z~a88d069d6f~64bit (git a88d069)\n')).toBe(
      'FreeSWITCH 1.10.12-release+git~20240802T210227Z~a88d069d6f~64bit',
    )
    for (const text of none) expect(productIn(text)).toBe('FreeSWITCH')
  })

  it('has gateways and profiles, each once', () => {
    const xml = `<?xml version="1.0" encoding="ISO-8859-1"?>
<profiles>
<profile>
<name>external</name>
<type>profile</type>
<data>sip:mod_sofia@10.0.0.5:5080</data>
<state>RUNNING (0)</state>
</profile>
<profile>
<name>external</name>
<type>profile</type>
<data>sip:mod_sofia@10.0.0.5:5081</data>
<state>RUNNING (0) (TLS)</state>
</profile>
<gateway>
<name>carrier-ct</name>
<type>gateway</type>
<data>sip:user@carrier.example</data>
<state>FAIL_WAIT</state>
</gateway>
 (retry: 21s)
<alias>
<name>10.0.0.5</name>
<type>alias</type>
<data>internal</data>
<state>ALIASED</state>
</alias>
<profile>
<name>internal</name>
<type>profile</type>
</profile>
<gateway>
<name>internal::backup</name>
</gateway>
</profiles>
`
    expect(trunksIn(xml)).toEqual(['carrier-ct', 'backup', 'external', 'internal'])
    for (const text of none) expect(trunksIn(text)).toEqual([])
  })

  it('has the extensions of its directory and those that have registered', () => {
    const users = [
      'userid|context|domain|group|contact|callgroup|effective_caller_id_name|effective_caller_id_number',
      '1002|default|pbx.example|default|sofia/internal/sip:1002@10.0.0.9|sofia/internal/1002|techsupport|李静|1002',
      '1001|default|pbx.example|default|error/user_not_registered|techsupport|1001|1001',
      '1001|default|pbx.example|sales|error/user_not_registered|techsupport|Once more|1001',
      'a line of something else',
      '',
      '+OK',
    ].join('\n')
    const registrations = JSON.stringify({
      row_count: 2,
      rows: [{ reg_user: '1003', realm: 'a' }, { reg_user: '1001' }],
    })
    expect(extensionsIn(users, registrations)).toEqual([
      { number: '1001' },
      { number: '1002', name: '李静' },
      { number: '1003' },
    ])
    expect(extensionsIn('-ERR no reply\n', '{"row_count":0}')).toEqual([])
    for (const text of none) expect(extensionsIn(text, text)).toEqual([])
  })

  it('has queues with their members; where mod_callcenter is not loaded, none', () => {
    const queues =
      'name|strategy|moh_sound\nsales@default|longest-idle-agent|local_stream://moh\nvip@east|ring-all|x\n+OK\n'
    const tiers =
      'queue|agent|state|level|position\nsales@default|1002@default|Ready|1|1\nsales@default|1001@default|Ready|1|2\nvip@east|li|Ready|1|1\ngone@default|1001@default|Ready|1|1\n+OK\n'
    expect(queuesIn(settings, queues, tiers)).toEqual([
      { name: 'sales', members: ['1001', '1002'] },
      { name: 'vip@east', members: ['li'] },
    ])
    for (const text of none) expect(queuesIn(settings, text, text)).toEqual([])
  })

  it('is of bounded size, whatever it prints', () => {
    const lines = Array.from({ length: 50_000 }, (_, i) => `${i}|a`).join('\n')
    expect(extensionsIn(`userid|context\n${lines}`, '').length).toBeLessThanOrEqual(10_000)
    const rows = Array.from({ length: 50_000 }, (_, i) => ({ reg_user: String(i) }))
    expect(extensionsIn('', JSON.stringify({ row_count: rows.length, rows }))).toHaveLength(10_000)
    expect(queuesIn(settings, `name|strategy\n${lines}`, `queue|agent\n${lines}`).length).toBeLessThanOrEqual(10_000)
  })
})
