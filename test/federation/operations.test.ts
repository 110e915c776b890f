import { beforeAll, describe, expect, it } from 'vitest'
import {
  AuditTrailDocument,
  CallsDocument,
  CustomerDocument,
  CustomersByPhoneDocument,
  CustomersDocument,
  DispositionsDocument,
  GiveCallFeedbackDocument,
  MeDocument,
  PlaceCallDocument,
  UpdateCustomerDocument,
} from '../../schema/operations/generated/graphql.js'
import { givenCustomers } from '../kit/factories.js'
import { startHub, type TestHub } from '../kit/startHub.js'

const NUMBER = '13812345678'

let hub: TestHub
let id: string
beforeAll(async () => {
  hub = await startHub()
  ;[id] = (await givenCustomers(hub, { name: '王伟', phone: NUMBER, ownerId: 'agent-north-1' })) as [string]
  const call = { callId: 'c', direction: 'outbound', to: NUMBER, from: '1001', legId: 'a', extension: '1001' }
  await hub.happen({ ...call, type: 'call.started' }, { callId: 'c', type: 'call.ended' })
})

/** The others are asked where what they do is tested. */
describe('The operations that are given to frontends as examples', () => {
  it('say who one is', async () => {
    expect((await hub.as('supervisor-north').run(MeDocument)).me).toMatchObject({
      id: 'supervisor-north',
      role: 'SUPERVISOR',
      supervises: [{ id: 'north' }],
    })
  })

  it('show customers, one of them with all that belongs to them, and their calls', async () => {
    const li = hub.as('agent-north-1')
    const { customers } = await li.run(CustomersDocument, { first: 5 })
    expect(customers).toMatchObject({ totalCount: 1, nodes: [{ id, name: '王伟', phone: { masked: '138****5678' } }] })
    const { customer } = await li.run(CustomerDocument, { id })
    expect(customer).toMatchObject({ name: '王伟', calls: { nodes: [{ direction: 'OUTBOUND' }] } })
    const { calls } = await li.run(CallsDocument, { filter: { direction: 'OUTBOUND' } })
    expect(calls).toMatchObject({ nodes: [{ status: 'ENDED', customer: { id }, agent: { id: 'agent-north-1' } }] })
    expect((await li.run(CustomersByPhoneDocument, { number: NUMBER })).customersByPhone).toMatchObject([{ id }])
  })

  it('call a customer, and say how a call went', async () => {
    const li = hub.as('agent-north-1')
    const { calls } = await li.run(CallsDocument, { first: 1 })
    const [disposition] = (await li.run(DispositionsDocument)).dispositions!
    const input = { callId: calls!.nodes![0]!.id, disposition: disposition!.id, note: `回电 ${NUMBER}`, rating: 5 }
    const { giveCallFeedback } = await li.run(GiveCallFeedbackDocument, { input })
    expect(giveCallFeedback!.call).toMatchObject({
      disposition: disposition!.name,
      feedback: [{ source: 'AGENT', rating: 5, note: '回电 138****5678' }],
    })
    // Nobody answers at the phone system's address here: see test/call/dialling.test.ts.
    const { data, errors } = await li.try(PlaceCallDocument, { input: { customerId: id } })
    expect([data?.placeCall, errors?.[0]?.extensions?.code]).toEqual([null, 'UNAVAILABLE'])
  })

  it('change what the version says, and show the auditor that it was changed', async () => {
    const admin = hub.as('admin')
    const { customer } = await admin.run(CustomerDocument, { id })
    const input = { id, version: customer!.version, stage: 'QUALIFIED' as const }
    await admin.run(UpdateCustomerDocument, { input })
    const { errors } = await admin.try(UpdateCustomerDocument, { input })
    expect(errors?.map(({ extensions }) => extensions?.code)).toEqual(['CONFLICT'])
    const { auditTrail } = await hub.as('auditor').run(AuditTrailDocument, { filter: { kind: 'CHANGE' }, first: 5 })
    expect(auditTrail!.nodes).toContainEqual(
      expect.objectContaining({ subjectId: id, fields: ['stage'], actor: expect.objectContaining({ id: 'admin' }) }),
    )
  })
})
