import { expect, test } from 'vitest'
import { loadConfig } from '../../kernel/config/index.js'
import { sandboxAudience, sandboxIssuer } from '../../kernel/env/index.js'
import { sandboxConfigPath } from '../../sandbox/configPath.js'
import { sandboxAudience as issuedFor, sandboxIssuerUrl } from '../../sandbox/issuer.js'

test("the sandbox's configuration is one, and needs no setting", async () => {
  const { teams, people, queues, systems } = await loadConfig(sandboxConfigPath, {})
  expect(teams.map(({ id }) => id)).toEqual(['north', 'south'])
  expect(people.find(({ id }) => id === 'agent-north-1')).toMatchObject({
    role: 'AGENT',
    teamId: 'north',
    extensions: ['1001'],
    identities: [{ issuer: null, subject: 'agent-north-1' }],
  })
  expect(queues).toContainEqual({ name: 'sales', teamId: 'north' })
  expect(systems.map(({ id, kind, secret }) => ({ id, kind, secret }))).toEqual([
    { id: 'sandbox-pbx', kind: 'CALL', secret: 'sandbox-pbx-secret' },
    { id: 'sandbox-crm', kind: 'CRM', secret: 'sandbox-crm-secret' },
  ])
})

test('whom the hub believes by default is the one who signs in the sandbox', () => {
  expect(sandboxIssuer).toBe(sandboxIssuerUrl)
  expect(sandboxAudience).toBe(issuedFor)
})
