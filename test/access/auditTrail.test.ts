import { describe, expect, it } from 'vitest'
import { newId } from '../../kernel/id.js'
import { startAccess } from './accessHub.js'

const hub = await startAccess()
const { kernel, clock } = hub
const customerId = newId(clock)
const moments: string[] = []

for (const action of ['Customer.created', 'Customer.updated', 'Customer.deleted']) {
  clock.advance({ minutes: 1 })
  moments.push(clock.now().toISOString())
  await kernel.transact(kernel.systemEm('sandbox-crm'), async change =>
    change.record({ kind: 'SYNC', action, subjectType: 'Customer', subjectId: customerId, customerId }),
  )
}

const actions = async (filter: object, viewer = 'auditor'): Promise<string[]> => {
  const query = 'query($filter: AuditFilter) { auditTrail(filter: $filter) { nodes { action } } }'
  const { auditTrail } = await hub.data(viewer, query, { filter })
  return auditTrail.nodes.map(({ action }: { action: string }) => action)
}

describe('C9: the audit trail', () => {
  it('is read by administrators and auditors only', async () => {
    const query = '{ auditTrail { nodes { id } } }'
    for (const person of ['agent-north-1', 'supervisor-north', 'analyst'])
      expect(await hub.problems(person, query)).toEqual(['FORBIDDEN auditTrail'])
    for (const person of ['admin', 'auditor']) expect(await hub.problems(person, query)).toEqual([])
  })

  it('is narrowed by what, when, who and about whom', async () => {
    const all = ['Customer.deleted', 'Customer.updated', 'Customer.created']
    expect(await actions({ customerId })).toEqual(all)
    expect(await actions({ subjectType: 'Customer', subjectId: customerId }, 'admin')).toEqual(all)
    expect(await actions({ kind: 'SYNC', from: moments[1] })).toEqual(all.slice(0, 2))
    expect(await actions({ kind: 'SYNC', to: moments[1] })).toEqual(['Customer.created'])
    expect(await actions({ customerId, kind: 'ACCESS' })).toEqual([])
    expect(await actions({ actor: 'nobody' })).toEqual([])
    expect(await actions({ customerId: 'no uuid' })).toEqual([])
  })

  it('names system and program where no person acted', async () => {
    const query =
      'query($id: ID) { auditTrail(filter: { customerId: $id }, first: 1) { nodes { at kind program system actor { id } } } }'
    expect((await hub.data('auditor', query, { id: customerId })).auditTrail.nodes).toEqual([
      { at: moments[2], kind: 'SYNC', program: 'hub', system: 'sandbox-crm', actor: null },
    ])
  })

  it('pages without gap or repeat', async () => {
    const query =
      'query($after: Cursor) { auditTrail(first: 7, after: $after) { nodes { id } pageInfo { endCursor hasNextPage } totalCount } }'
    const seen: string[] = []
    let after: string | null = null
    let total = 0
    do {
      const { auditTrail } = await hub.data('auditor', query, { after })
      seen.push(...auditTrail.nodes.map(({ id }: { id: string }) => id))
      total = auditTrail.totalCount
      after = auditTrail.pageInfo.hasNextPage ? auditTrail.pageInfo.endCursor : null
    } while (after)
    expect(seen).toHaveLength(total)
    expect(new Set(seen).size).toBe(total)
    expect(seen.map(Number)).toEqual(seen.map(Number).sort((a, b) => b - a))
  })

  it('masks what looks like a personal value, should one have come into it', async () => {
    await kernel.transact(kernel.systemEm(), async change =>
      change.record({ kind: 'CHANGE', action: 'Note.added', detail: { text: '回电 13812345678' } }),
    )
    const { auditTrail } = await hub.data('admin', '{ auditTrail(first: 1) { nodes { detail } } }')
    expect(JSON.stringify(auditTrail)).not.toContain('13812345678')
  })
})
