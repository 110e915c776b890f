import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { parseConfig } from '../../kernel/config/index.js'
import { addTo, namedIn } from './configText.js'

const pbx = { id: 'pbx', name: '总机', kind: 'CALL', connector: 'asterisk', trunks: ['ct'] }

test('a file that is not there yet is begun, and can be read', () => {
  const text = addTo(null, { systems: [pbx], teams: [{ id: 'sales', name: '销售' }] })
  expect(parseConfig(text, {})).toMatchObject({ systems: [{ id: 'pbx', trunks: ['ct'] }], teams: [{ id: 'sales' }] })
  expect(text).toMatch(/^# Who and what/)
})

test('what somebody wrote stays, comments too', () => {
  const written = `# ours
teams: [{ id: north, name: 北 }] # the first one
systems:
  # do not touch
  - { id: crm, name: CRM, kind: crm, connector: sandbox-crm }
  - { id: pbx, name: old, kind: call, connector: freeswitch }
`
  const text = addTo(written, { systems: [pbx] })
  for (const comment of ['# ours', '# the first one', '# do not touch']) expect(text).toContain(comment)
  expect(parse(text).systems).toEqual([expect.objectContaining({ id: 'crm' }), pbx])
})

test('digits stay texts: an extension keeps its zero', () => {
  const person = {
    id: 'li',
    name: '李娜',
    role: 'agent',
    team: 'n',
    identities: [{ subject: 'li' }],
    extensions: ['0801'],
  }
  const text = addTo('teams: [{ id: n, name: N }]', { people: [person] })
  expect(parseConfig(text, {}).people[0]).toMatchObject({ extensions: ['0801'] })
})

test('what is there is known by its names', () => {
  const text = `
people:
  - { id: zhou, name: 周, role: Admin }
  - { id: li, name: 李, role: agent, team: north, extensions: ["1001"] }
teams: [{ id: north, name: 北 }]
queues: [{ name: sales, team: north }]
`
  expect(namedIn(text)).toEqual({
    teams: ['north'],
    people: ['zhou', 'li'],
    administrators: ['zhou'],
    extensions: ['1001'],
    queues: ['sales'],
    systems: [],
  })
  expect(namedIn(null)).toMatchObject({ people: [], systems: [] })
})
