import { beforeAll, describe, expect, it } from 'vitest'
import { AssignCustomerDocument, CreateCustomerDocument } from '../../schema/operations/generated/graphql.js'
import { givenCustomers } from '../kit/factories.js'
import { startHub, type TestHub } from '../kit/startHub.js'

let hub: TestHub
beforeAll(async () => {
  hub = await startHub()
})

const PERSON = 'mutation($input: PersonInput!) { savePerson(input: $input) { person { version } } }'

/** Moves an agent to another team, as an administrator does. */
async function move(id: string, teamId: string) {
  const admin = hub.as('admin')
  const { people } = await admin.query('{ people(first: 100) { nodes { id version name role } } }')
  const { version, name, role } = people.nodes.find((person: { id: string }) => person.id === id)
  return admin.query(PERSON, { input: { id, version, name, role, teamId } })
}

describe('C6: who cares for a customer, and in which team', () => {
  it('agree whatever crosses: people who change teams, customers who are given away, customers who are made', async () => {
    const given = await givenCustomers(hub, ...Array.from({ length: 12 }, () => ({ ownerId: 'agent-north-1' })))
    const admin = hub.as('admin')
    for (const [turn, team] of ['south', 'north', 'south'].entries()) {
      const others = given.map((id, i) => {
        const agentId = ['agent-north-1', 'agent-north-2', null][(i + turn) % 3]
        return admin.run(AssignCustomerDocument, { id, agentId })
      })
      const made = Array.from({ length: 6 }, (_, i) =>
        hub
          .as('agent-north-1')
          .run(CreateCustomerDocument, { input: { name: '某人', phone: `1350000${turn}${100 + i}` } }),
      )
      await Promise.all([...others.slice(0, 6), move('agent-north-1', team), ...others.slice(6), ...made])
      const { customers } = await admin.query(
        '{ customers(first: 100) { nodes { id owner { id team { id } } team { id } } } }',
      )
      expect(customers.nodes).toHaveLength(12 + 6 * (turn + 1))
      for (const { owner, team: theirs } of customers.nodes) expect(theirs).toEqual(owner?.team ?? null)
      const wanted = new Map(given.map((id, i) => [id, ['agent-north-1', 'agent-north-2', null][(i + turn) % 3]]))
      for (const { id, owner } of customers.nodes) if (wanted.has(id)) expect(owner?.id ?? null).toBe(wanted.get(id))
    }
  })
})
