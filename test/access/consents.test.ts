import { beforeAll, describe, expect, it } from 'vitest'
import {
  AssignCustomerDocument,
  ConsentsDocument,
  SetConsentDocument,
} from '../../schema/operations/generated/graphql.js'
import type { TestClient } from '../kit/client.js'
import { givenCustomers } from '../kit/factories.js'
import { startHub, type TestHub } from '../kit/startHub.js'

let hub: TestHub
let li: TestClient
let customerId: string

beforeAll(async () => {
  hub = await startHub()
  li = hub.as('agent-north-1')
  ;[customerId] = (await givenCustomers(hub, { phone: '13900008888', ownerId: 'agent-north-1' })) as [string]
})

const said = { purpose: 'CONTACT', state: 'GRANTED', evidence: '合同第 3 条，电话 13900008888' } as const
const set = (client: TestClient, more: object = {}) =>
  client.try(SetConsentDocument, { customerId, ...said, ...more } as never)
const code = async (client: TestClient, more: object = {}) => (await set(client, more)).errors?.[0]?.extensions?.code
const consents = async (client: TestClient) => (await client.run(ConsentsDocument, { customerId })).customer?.consents

describe('C12: what a customer agreed to', () => {
  it('is their last word on each purpose, masked, with all words before it on record', async () => {
    expect(await consents(li)).toEqual([])
    await set(li)
    await set(li, { state: 'WITHDRAWN', evidence: '来电要求' })
    await set(li, { purpose: 'RECORDING' })
    expect(await consents(li)).toMatchObject([
      { purpose: 'CONTACT', state: 'WITHDRAWN', evidence: '来电要求' },
      { purpose: 'RECORDING', state: 'GRANTED', evidence: '合同第 3 条，电话 139****8888' },
    ])
    const rows = await hub.kernel
      .systemEm()
      .getConnection()
      .execute('select purpose, state, by_id from access.consent order by seq')
    expect(rows).toEqual([
      { purpose: 'CONTACT', state: 'GRANTED', by_id: 'agent-north-1' },
      { purpose: 'CONTACT', state: 'WITHDRAWN', by_id: 'agent-north-1' },
      { purpose: 'RECORDING', state: 'GRANTED', by_id: 'agent-north-1' },
    ])
    const { auditTrail } = await hub
      .as('auditor')
      .query('{ auditTrail(first: 1) { nodes { action actor { id } subjectType subjectId fields detail } } }')
    expect(auditTrail.nodes).toEqual([
      {
        action: 'Consent.set',
        actor: { id: 'agent-north-1' },
        subjectType: 'Customer',
        subjectId: customerId,
        fields: ['consents'],
        detail: { purpose: 'RECORDING', state: 'GRANTED' },
      },
    ])
  })

  it('is read by who reads the customer, and written by who may change them', async () => {
    for (const person of ['supervisor-north', 'admin', 'auditor', 'analyst'])
      expect(await consents(hub.as(person)), person).toHaveLength(2)
    expect((await hub.as('agent-south-1').run(ConsentsDocument, { customerId })).customer).toBeNull()
    for (const person of ['supervisor-north', 'admin']) expect(await code(hub.as(person)), person).toBeUndefined()
    for (const person of ['auditor', 'analyst']) expect(await code(hub.as(person)), person).toBe('FORBIDDEN')
    for (const person of ['agent-south-1', 'supervisor-south'])
      expect(await code(hub.as(person)), person).toBe('NOT_FOUND')
    expect(await code(li, { customerId: 'nobody' })).toBe('NOT_FOUND')
  })

  it('goes with the customer to whom they are given', async () => {
    await hub.as('admin').run(AssignCustomerDocument, { id: customerId, agentId: 'agent-south-1' })
    expect(await consents(hub.as('agent-south-1'))).toHaveLength(2)
    expect(await code(li)).toBe('NOT_FOUND')
    await hub.as('admin').run(AssignCustomerDocument, { id: customerId, agentId: 'agent-north-1' })
  })

  it('is not shown by a call that rings, which opens the customer but not this', async () => {
    await hub.happen(
      { callId: 'r', type: 'call.started', legId: 'a', direction: 'inbound', from: '13900008888' },
      { callId: 'r', type: 'call.ringing', legId: 'b', extension: '2001' },
    )
    const { data, errors } = await hub.as('agent-south-1').try(ConsentsDocument, { customerId })
    expect(data?.customer).toMatchObject({ id: customerId, consents: null })
    expect(errors).toMatchObject([{ path: ['customer', 'consents'], extensions: { code: 'FORBIDDEN' } }])
    expect(await code(hub.as('agent-south-1'))).toBe('FORBIDDEN')
  })

  it('needs evidence, and a word that was said', async () => {
    expect(await code(li, { evidence: '  ' })).toBe('BAD_USER_INPUT')
    expect(await code(li, { evidence: 'x'.repeat(2001) })).toBe('BAD_USER_INPUT')
    expect(await code(li, { evidence: '\u001b[31m合同' })).toBe('BAD_USER_INPUT')
    expect(await code(li, { state: 'UNKNOWN' })).toBe('BAD_USER_INPUT')
  })
})
