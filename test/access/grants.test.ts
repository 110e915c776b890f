import { describe, expect, it } from 'vitest'
import { permits, permittedFields, ruleFor } from '../../kernel/ability/index.js'
import { newId } from '../../kernel/id.js'
import type { CallOffer } from '../../kernel/ports/index.js'
import { startAccess } from './accessHub.js'

const hub = await startAccess()
const { kernel, clock, ports } = hub
const grants = ports.automaticGrants
const system = () => kernel.systemEm()

const ring = (more: Partial<CallOffer> = {}): CallOffer => {
  const callId = newId(clock)
  return {
    callId,
    agentIds: ['agent-north-1'],
    customerIds: [newId(clock)],
    callIds: [callId, newId(clock)],
    followUpIds: [newId(clock)],
    endedAt: null,
    ...more,
  }
}
const offer = (one: CallOffer) => kernel.transact(system(), change => grants.offered(change, [one]))
const hangUp = ({ callId }: CallOffer) =>
  kernel.transact(system(), change => grants.ended(change, [{ callId, endedAt: clock.now() }]))
const abilityOf = async (person: string) => {
  await kernel.feed.catchUp('access')
  return (await kernel.actors.abilityOf(person))!.ability
}
const mayRead = async (person: string, customerId: string) =>
  permits(await abilityOf(person), 'read', 'Customer', { id: customerId }, 'name')

describe('C6: the automatic grant of a ringing call', () => {
  it('opens the one matching customer, the latest calls and follow-ups, and no more', async () => {
    const one = ring()
    const [customerId] = one.customerIds
    expect(await mayRead('agent-north-1', customerId!)).toBe(false)
    await offer(one)
    const ability = await abilityOf('agent-north-1')
    const fields = permittedFields(ability, 'read', 'Customer', { id: customerId })
    for (const open of ['name', 'stage', 'tags', 'doNotCall', 'phone', 'calls', 'followUps'])
      expect(fields).toContain(open)
    for (const shut of ['deals', 'internalNote', 'email', 'address', 'extra']) expect(fields).not.toContain(shut)
    expect(permits(ability, 'reveal', 'Customer', { id: customerId }, 'phone')).toBe(false)
    for (const id of one.callIds) expect(permits(ability, 'read', 'Call', { id })).toBe(true)
    for (const id of one.followUpIds) expect(permits(ability, 'read', 'FollowUp', { id })).toBe(true)
    expect(permits(ability, 'read', 'Call', { id: newId(clock), customerId })).toBe(false)
    expect(permits(ability, 'read', 'Deal', { id: newId(clock), customerId })).toBe(false)
    expect(ruleFor(ability, 'read', 'Customer', { id: customerId })?.reason).toBeTruthy()
    expect(await mayRead('agent-north-2', customerId!)).toBe(false)
  })

  it('shows of several candidates masked names only, until one is chosen', async () => {
    const several = ring({ customerIds: [newId(clock), newId(clock)], followUpIds: [] })
    await offer(several)
    const [a, b] = several.customerIds
    const ability = await abilityOf('agent-north-1')
    expect(permits(ability, 'read', 'Customer', { id: a })).toBe(true)
    expect(permits(ability, 'read', 'Customer', { id: a }, 'name')).toBe(false)
    expect(permits(ability, 'readMasked', 'Customer', { id: a }, 'name')).toBe(true)
    expect(permits(ability, 'read', 'Customer', { id: a }, 'stage')).toBe(false)

    await offer({ ...several, customerIds: [b!] })
    expect(await mayRead('agent-north-1', b!)).toBe(true)
    expect(permits(await abilityOf('agent-north-1'), 'readMasked', 'Customer', { id: a }, 'name')).toBe(false)
  })

  it('ends 30 minutes after hang-up', async () => {
    const one = ring()
    await offer(one)
    clock.advance({ minutes: 50 })
    await hangUp(one)
    clock.advance({ minutes: 29, seconds: 59 })
    expect(await mayRead('agent-north-1', one.customerIds[0]!)).toBe(true)
    clock.advance({ seconds: 1 })
    expect(await mayRead('agent-north-1', one.customerIds[0]!)).toBe(false)
  })

  it('ends after 12 hours when the end of the call is never heard of', async () => {
    const one = ring()
    await offer(one)
    clock.advance({ hours: 12, ms: -1 })
    expect(await mayRead('agent-north-1', one.customerIds[0]!)).toBe(true)
    clock.advance({ ms: 1 })
    expect(await mayRead('agent-north-1', one.customerIds[0]!)).toBe(false)
  })

  it('is not opened by a ringing heard of late, and ends in time when its call is already over', async () => {
    const long = ring({ endedAt: new Date(clock.now().getTime() - 30 * 60_000) })
    await offer(long)
    expect(await mayRead('agent-north-1', long.customerIds[0]!)).toBe(false)
    const just = ring({ endedAt: clock.now() })
    await offer(just)
    clock.advance({ minutes: 29 })
    expect(await mayRead('agent-north-1', just.customerIds[0]!)).toBe(true)
    clock.advance({ minutes: 1 })
    expect(await mayRead('agent-north-1', just.customerIds[0]!)).toBe(false)
  })

  it('opens nothing twice, however often it rings, and one for each whom it rings at', async () => {
    const one = ring({ agentIds: ['agent-south-1', 'agent-below'] })
    for (let i = 0; i < 3; i++) await offer(one)
    const query = '{ accessGrants(first: 100) { nodes { person { id } automatic reads } } }'
    for (const person of one.agentIds) {
      const { accessGrants } = await hub.data(person, query)
      expect(accessGrants.nodes).toEqual([{ person: { id: person }, automatic: true, reads: 0 }])
      expect((await hub.data(person, '{ me { grants { id } } }')).me.grants).toHaveLength(1)
    }
    await hangUp(one)
    clock.advance({ hours: 1 })
    for (const person of one.agentIds) expect((await hub.data(person, query)).accessGrants.nodes).toEqual([])
    const past = await hub.data('agent-below', '{ accessGrants(active: false) { nodes { id endsAt endedAt } } }')
    expect(past.accessGrants.nodes).toHaveLength(1)
  })

  it('opens nothing to those who do not take calls', async () => {
    const one = ring({ agentIds: ['analyst', 'auditor', 'nobody'] })
    await offer(one)
    expect(await mayRead('analyst', one.customerIds[0]!)).toBe(false)
  })

  it('is seen by its holder, their supervisors, administrators and auditors, and nobody else', async () => {
    const one = ring({ agentIds: ['agent-below'] })
    await offer(one)
    const seenBy = async (viewer: string) => {
      const { accessGrants } = await hub.data(viewer, '{ accessGrants { nodes { person { id } } } }')
      return accessGrants.nodes.filter((grant: { person: { id: string } }) => grant.person.id === 'agent-below').length
    }
    for (const viewer of ['agent-below', 'supervisor-north', 'admin', 'auditor']) expect(await seenBy(viewer)).toBe(1)
    for (const viewer of ['agent-north-1', 'supervisor-south', 'analyst']) expect(await seenBy(viewer)).toBe(0)
  })

  it('is audited with customer, call and end, in the name of the hub', async () => {
    const one = ring()
    await offer(one)
    await hangUp(one)
    const query = `query($customer: ID!) {
      auditTrail(filter: { customerId: $customer }) { nodes { kind action program actor { id } grant subjectType detail } }
    }`
    const { auditTrail } = await hub.data('auditor', query, { customer: one.customerIds[0] })
    const entry = {
      kind: 'PERMISSION',
      program: 'hub',
      actor: null,
      subjectType: 'AccessGrant',
      detail: { personId: 'agent-north-1', callId: one.callId, automatic: true, candidates: 1 },
    }
    expect(auditTrail.nodes).toMatchObject([
      { ...entry, action: 'AccessGrant.shortened' },
      { ...entry, action: 'AccessGrant.opened' },
    ])
  })

  it('counts what was read under it', async () => {
    const one = ring({ agentIds: ['agent-north-2'] })
    await offer(one)
    const query = '{ me { grants { id reads } } }'
    const [grant] = (await hub.data('agent-north-2', query)).me.grants
    expect(grant.reads).toBe(0)
    await kernel.transact(system(), async change => {
      for (let i = 0; i < 2; i++)
        change.record({ kind: 'ACCESS', action: 'Customer.revealed', fields: ['phone'], grantId: grant.id })
    })
    expect((await hub.data('agent-north-2', query)).me.grants[0].reads).toBe(2)
  })
})
