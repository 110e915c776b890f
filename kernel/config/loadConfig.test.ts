import { expect, test } from 'vitest'
import { ConfigError, loadConfig, parseConfig } from './loadConfig.js'

const sound = `
areaCode: "0571"
teams:
  - { id: east, name: 华东 }
  - { id: east-1, name: 华东一组, parent: east, supervisors: [lead] }
people:
  - { id: lead, name: 钱伟, role: supervisor, team: east, identities: [{ issuer: "https://id.example.com/", subject: u-1 }] }
  - { id: li, name: 李静, role: AGENT, team: east-1, extensions: ["0801", "802"], deputy: lead, identities: [{ subject: li }] }
queues:
  - { name: support, team: east-1 }
systems:
  - id: pbx
    name: 总机
    kind: call
    connector: asterisk
    address: \${PBX_ADDRESS:-tcp://10.0.0.5:5038}
    secret: \${PBX_SECRET}
    trunks: [telecom]
    timeZone: Asia/Shanghai
    budget: { perSecond: 5, perDay: 10000 }
    settings: { user: "\${PBX_USER}", events: [call, agent] }
`
const variable = (name: string) => `\${${name}}`
const env = { PBX_SECRET: 's3cret', PBX_USER: 'hub' }

function problemsOf(text: string, environment: Record<string, string> = env): string[] {
  try {
    parseConfig(text, environment)
    return []
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError)
    return [...(error as ConfigError).problems]
  }
}

test('a sound file is read, with its secrets filled in', () => {
  expect(parseConfig(sound, env)).toMatchObject({
    areaCode: '0571',
    teams: [
      { id: 'east', name: '华东', parentId: null, supervisorIds: [] },
      { id: 'east-1', name: '华东一组', parentId: 'east', supervisorIds: ['lead'] },
    ],
    people: [
      {
        id: 'lead',
        name: '钱伟',
        role: 'SUPERVISOR',
        teamId: 'east',
        identities: [{ issuer: 'https://id.example.com/', subject: 'u-1' }],
        extensions: [],
        deputyId: null,
      },
      {
        id: 'li',
        name: '李静',
        role: 'AGENT',
        teamId: 'east-1',
        identities: [{ issuer: null, subject: 'li' }],
        extensions: ['0801', '802'],
        deputyId: 'lead',
      },
    ],
    queues: [{ name: 'support', teamId: 'east-1' }],
    systems: [
      {
        id: 'pbx',
        name: '总机',
        kind: 'CALL',
        connector: 'asterisk',
        address: 'tcp://10.0.0.5:5038',
        secret: 's3cret',
        trunks: ['telecom'],
        timeZone: 'Asia/Shanghai',
        budget: { perSecond: 5, perDay: 10_000 },
        settings: { user: 'hub', events: ['call', 'agent'] },
      },
    ],
  })
})

test('an empty file is an empty configuration', () => {
  expect(parseConfig('', {})).toEqual({
    areaCode: null,
    teams: [],
    people: [],
    queues: [],
    systems: [],
    dispositions: [],
    dialling: {
      hours: { from: 9 * 60, to: 21 * 60 },
      days: [1, 2, 3, 4, 5, 6, 7],
      perDay: 3,
      consent: 'UNLESS_WITHDRAWN',
    },
  })
})

test('C8: when and how often customers may be called, and the results of calls, are settings', () => {
  const { dialling, dispositions } = parseConfig(
    `
dialling: { hours: "08:30-24:00", days: [mon, sun], perDay: 1, consent: required }
dispositions: [{ id: interested, name: 有意向 }]
`,
    {},
  )
  expect(dialling).toEqual({ hours: { from: 510, to: 1440 }, days: [1, 7], perDay: 1, consent: 'REQUIRED' })
  expect(dispositions).toEqual([{ id: 'interested', name: '有意向' }])
})

test('C8: wrong settings of dialling say what is right', () => {
  expect(
    problemsOf(`
dialling:
  hours: "21:00-9:00"
  days: [monday]
  perDay: 0
  consent: maybe
  perday: 3
dispositions:
  - { id: a, name: 有意向 }
  - { id: a, name: 有意向 }
`),
  ).toEqual([
    'line 3, dialling.hours: must be hours such as "09:00-21:00".',
    'line 4, dialling.days[0]: must be one of mon, tue, wed, thu, fri, sat, sun.',
    'line 5, dialling.perDay: must be more than 0.',
    'line 6, dialling.consent: must be one of unless-withdrawn, required.',
    'line 7, dialling.perday: is not known here. Did you mean "perDay"?',
  ])
  expect(problemsOf('dialling: { hours: "21:00-09:00" }')).toEqual([
    'line 1, dialling.hours: must end later than it begins.',
  ])
  expect(problemsOf('dispositions: [{ id: a, name: 有意向 }, { id: a, name: 有意向 }]')).toEqual([
    'line 1, dispositions[1].id: there is another disposition "a": each may be there once.',
    'line 1, dispositions[1].name: there is another name of a disposition "有意向": each may be there once.',
  ])
})

test('a file that is not there says so, and names the setting', async () => {
  await expect(loadConfig('/nowhere/hub.yaml', {})).rejects.toThrow(/\/nowhere\/hub\.yaml.*cannot be read.*HUB_CONFIG/s)
})

test('a missing variable is named with its place and line', () => {
  expect(problemsOf(sound, { PBX_SECRET: 's3cret', PBX_USER: '' })).toEqual([
    `line 21, systems[0].settings.user: asks for the environment variable PBX_USER, which is not set: set it, or give a default as ${variable('PBX_USER:-…')}.`,
  ])
})

test('all problems come at once, in the order of the file', () => {
  const problems = problemsOf(`
teams:
  - { id: north, nmae: 北方 }
people:
  - id: wang
    name: 王磊
    role: agnet
    team: north
    extensions: [1001]
systems:
  - { id: "a b", name: X, kind: PHONE, connector: asterisk, timeZone: Beijing, budget: { perHour: 3 } }
quues: []
`)
  expect(problems).toEqual([
    'line 3, teams[0].name: is missing.',
    'line 3, teams[0].nmae: is not known here. Did you mean "name"?',
    'line 7, people[0].role: must be one of agent, supervisor, admin, analyst, auditor, program.',
    'line 9, people[0].extensions[0]: must be in quotes: "1001".',
    'line 11, systems[0].id: must be up to 64 letters, digits, ".", "_", "-", and begin with a letter or digit.',
    'line 11, systems[0].kind: must be one of call, crm, erp, marketing.',
    'line 11, systems[0].timeZone: must be a time zone such as Asia/Shanghai.',
    'line 11, systems[0].budget.perHour: is not known here; known are perSecond, perDay.',
    'line 12, quues: is not known here. Did you mean "queues"?',
  ])
})

const withPeople = (people: string, teams = '- { id: north, name: 北 }') => `
teams:
  ${teams}
people:
${people.replaceAll(/^/gm, '  ')}`

test.each([
  [
    'an extension that two people have',
    withPeople(`- { id: a, name: A, role: agent, team: north, extensions: ["1001"] }
- { id: b, name: B, role: agent, team: north, extensions: ["1001"] }`),
    /line 6, people\[1\]\.extensions\[0\]: there is another extension "1001"/,
  ],
  [
    'an id that two people have',
    withPeople(`- { id: a, name: A, role: admin }
- { id: a, name: B, role: admin }`),
    /people\[1\]\.id: there is another person "a"/,
  ],
  [
    'an identity that two people have',
    withPeople(`- { id: a, name: A, role: admin, identities: [{ subject: x }] }
- { id: b, name: B, role: admin, identities: [{ subject: x }] }`),
    /people\[1\]\.identities\[0\]: there is another identity "x"/,
  ],
  [
    'an unknown team',
    withPeople('- { id: a, name: A, role: agent, team: nroth }'),
    /people\[0\]\.team: there is no team "nroth"\. Did you mean "north"\?/,
  ],
  [
    'an unknown deputy',
    withPeople('- { id: a, name: A, role: admin, deputy: zz }'),
    /people\[0\]\.deputy: there is no person "zz"/,
  ],
  [
    'a deputy of oneself',
    withPeople('- { id: a, name: A, role: admin, deputy: a }'),
    /people\[0\]\.deputy: must be somebody else/,
  ],
  ['an agent without a team', withPeople('- { id: a, name: A, role: agent }'), /agent "a" has no team/],
  ['a supervisor of nothing', withPeople('- { id: a, name: A, role: supervisor }'), /supervisor "a" has no team/],
  [
    'an agent as supervisor',
    withPeople('- { id: a, name: A, role: agent, team: north }', '- { id: north, name: 北, supervisors: [a] }'),
    /teams\[0\]\.supervisors\[0\]: "a" does not have the role supervisor/,
  ],
  [
    'a circle of teams',
    'teams:\n  - { id: a, name: A, parent: b }\n  - { id: b, name: B, parent: a }',
    /line 2, teams\[0\]\.parent: team "a" stands above itself/,
  ],
  ['a team above itself', 'teams: [{ id: a, name: A, parent: a }]', /stands above itself/],
  [
    'a queue twice',
    'teams: [{ id: a, name: A }]\nqueues:\n  - { name: q, team: a }\n  - { name: q, team: a }',
    /line 4, queues\[1\]\.name: there is another queue "q"/,
  ],
  ['an area code without its zero', 'areaCode: "571"', /line 1, areaCode: must be an area code/],
  ['a list where a block belongs', 'teams: { a: 1 }', /line 1, teams: must be a list/],
  ['a file that is a list', '- teams', /line 1, file: must be a block/],
  ['broken YAML', 'teams: [\n  { id: a', /line 2/],
  ['a key twice', 'teams: []\nteams: []', /line 2: .*unique/],
  [
    'braces without a name',
    `systems: [{ id: a, name: A, kind: CRM, connector: http, secret: "${variable('')}" }]`,
    /systems\[0\]\.secret: holds a "\$" and braces/,
  ],
])('%s is refused with line and place', (_, text, problem) => {
  const problems = problemsOf(text)
  expect(problems.join('\n')).toMatch(problem)
})

test('no secret stands in any message', () => {
  const text = sound
    .replace('kind: call', `kind: ${variable('PBX_SECRET')}`)
    .replace('[telecom]', `{ a: "${variable('PBX_SECRET')}" }`)
  const problems = problemsOf(text)
  expect(problems).toHaveLength(2)
  expect(problems.join()).not.toContain('s3cret')
})

test('C4: a secret that begins with * and has no quotes is not quoted in the message either', () => {
  const problems = problemsOf('systems:\n  - { id: pbx, secret: *sesame }')
  expect(problems).toEqual([expect.stringMatching(/line 2: a text that begins with \* needs quotes/)])
  expect(problems.join()).not.toContain('sesame')
})

test('an alias of something that is there is taken', () => {
  expect(parseConfig('teams: [{ id: &a north, name: *a }]', {}).teams[0]!.name).toBe('north')
})
