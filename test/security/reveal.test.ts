import { beforeAll, describe, expect, it } from 'vitest'
import { givenCustomers } from '../kit/factories.js'
import { startHub, type TestHub } from '../kit/startHub.js'

let hub: TestHub
let mine: string
let many: string[]

beforeAll(async () => {
  hub = await startHub({ limits: { requests: { burst: 1e6, perSecond: 1e6 } } })
  ;[mine] = (await givenCustomers(hub, {
    name: '何静',
    phone: '13811110000',
    email: 'he.jing@example.com',
    address: '杭州市西湖区文三路1号',
    followUps: [{ note: '另一个号码 13911110000' }],
  })) as [string]
  many = await givenCustomers(hub, ...Array.from({ length: 100 }, () => ({})))
})

const FULL = 'query($id: ID!) { customer(id: $id) { phone { masked full reveal } } }'
const reveals = async () =>
  (
    await hub
      .as('auditor')
      .query(
        '{ auditTrail(filter: { kind: ACCESS }, first: 100) { nodes { actor { id } action subjectId fields grant } } }',
      )
  ).auditTrail.nodes.filter(({ action }: { action: string }) => action.endsWith('.revealed'))

describe('C3: a full value', () => {
  it('is given to those who may reveal, and the reading is audited: who, whose, which field', async () => {
    const before = (await reveals()).length
    const { customer } = await hub.as('supervisor-north').query(FULL, { id: mine })
    expect(customer.phone).toEqual({ masked: '138****0000', full: '13811110000', reveal: 'ALLOWED' })
    const [newest] = await reveals()
    expect(newest).toMatchObject({ action: 'Customer.revealed', subjectId: mine, fields: ['phone'], grant: null })
    expect(await reveals()).toHaveLength(before + 1)
  })

  it('is refused to those who may not, at its path, and nothing is audited', async () => {
    const before = (await reveals()).length
    const li = hub.as('agent-north-1')
    expect(await li.problems(FULL, { id: mine })).toEqual(['FORBIDDEN customer.phone.full'])
    expect((await hub.as('analyst').ask(FULL, { id: mine })).data.customer.phone).toEqual({
      masked: '138****0000',
      full: null,
      reveal: 'DENIED',
    })
    expect(await reveals()).toHaveLength(before)
  })

  it('is not given over GET, and answers that hold one are not to be stored', async () => {
    const token = await hub.tokenOf('supervisor-north')
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
    const query = `{ customer(id: "${mine}") { phone { full } } }`
    const got = await (await fetch(`${hub.url}/graphql?query=${encodeURIComponent(query)}`, { headers })).json()
    expect(got).toMatchObject({
      data: { customer: { phone: { full: null } } },
      errors: [{ extensions: { code: 'FORBIDDEN' } }],
    })
    const posted = await fetch(`${hub.url}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query }) })
    expect(posted.headers.get('cache-control')).toContain('no-store')
    expect(await posted.text()).toContain('13811110000')
  })

  it('in a note counts as a reading too', async () => {
    const before = (await reveals()).length
    const query = 'query($id: ID!) { customer(id: $id) { followUps { nodes { note } } } }'
    expect((await hub.as('agent-north-1').query(query, { id: mine })).customer.followUps.nodes[0].note).toBe(
      '另一个号码 139****0000',
    )
    const { customer } = await hub.as('supervisor-north').query(query, { id: mine })
    expect(customer.followUps.nodes[0].note).toBe('另一个号码 13911110000')
    expect(await reveals()).toHaveLength(before + 1)
    expect((await reveals())[0]).toMatchObject({ action: 'FollowUp.revealed', fields: ['note'] })
  })

  it('stops at 60 an hour, however many ask at once; the supervisor is told once; an hour later it goes on', async () => {
    const admin = hub.as('admin')
    const page = 'query($ids: [ID!]) { customers(filter: { ids: $ids }, first: 20) { nodes { phone { full } } } }'
    const chunks = [0, 20, 40, 60, 80].map(start => many.slice(start, start + 20))
    const answers = await Promise.all(chunks.map(ids => admin.ask(page, { ids })))
    const shown = answers
      .flatMap(({ data }) => data.customers.nodes)
      .filter(({ phone }: { phone: { full: string | null } }) => phone.full)
    expect(shown).toHaveLength(60)
    const codes = answers.flatMap(({ errors = [] }) => errors.map(({ extensions }) => extensions?.code))
    expect(codes).toEqual(Array.from({ length: 40 }, () => 'RATE_LIMITED'))
    const { alerts } = await admin.query('{ alerts { nodes { kind severity } } }')
    expect(alerts.nodes).toEqual([{ kind: 'budget.reveal', severity: 'WARNING' }])
    hub.clock.advance({ minutes: 61 })
    expect((await admin.query(FULL, { id: mine })).customer.phone.full).toBe('13811110000')
  })
})

describe('C9: the audit', () => {
  it('takes entries and gives them, and lets none be altered or removed', async () => {
    const em = hub.kernel.systemEm()
    for (const attempt of [
      "update hub.audit_entry set actor_id = 'nobody'",
      'delete from hub.audit_entry',
      'truncate hub.audit_entry',
      'drop table hub.audit_entry',
    ]) {
      await expect(em.getConnection().execute(attempt), attempt).rejects.toThrow(/permission denied|must be owner/)
    }
  })

  it('is not there for agents, supervisors and analysts', async () => {
    for (const person of ['agent-north-1', 'supervisor-north', 'analyst']) {
      expect(await hub.as(person).problems('{ auditTrail { nodes { id } } }')).toEqual(['FORBIDDEN auditTrail'])
    }
  })
})
