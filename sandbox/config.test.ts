import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { sandboxAgents, sandboxQueues, sandboxTrunks } from './agents.js'
import { sandboxConfigPath } from './configPath.js'

interface Config {
  people: {
    id: string
    name: string
    role: string
    team?: string
    extensions?: string[]
    identities: { subject: string }[]
  }[]
  queues: { name: string; team: string }[]
  systems: { id: string; trunks?: string[] }[]
}
const config = parse(await readFile(sandboxConfigPath, 'utf8')) as Config

test('the agents at the telephones are the agents of the configuration', () => {
  const described = config.people
    .filter(({ role }) => role === 'agent')
    .map(({ id, name, team, extensions }) => ({ id, name, team, extension: extensions![0] }))
  expect(described).toEqual(sandboxAgents)
})

test('queues and trunks are those of the configuration', () => {
  expect(config.queues).toEqual(sandboxQueues.map(({ name, team }) => ({ name, team })))
  expect(config.systems.find(({ id }) => id === 'sandbox-pbx')!.trunks).toEqual(sandboxTrunks)
})

test('everybody signs in by their own id', () => {
  for (const { id, identities } of config.people) expect(identities).toEqual([{ subject: id }])
  expect(config.people.map(({ id }) => id)).toEqual(
    expect.arrayContaining(['admin', 'auditor', 'analyst', 'supervisor-north', 'supervisor-south']),
  )
})
