import { afterAll, beforeAll, expect, test } from 'vitest'
import { startWorld, type World } from '../testing/world.js'
import type { CrmRecord } from './resources.js'

interface List {
  items: CrmRecord[]
  nextCursor: string | null
}

let world: World
beforeAll(async () => {
  world = await startWorld()
})
afterAll(() => world.stop())

const create = (fields: object, headers?: Record<string, string>) =>
  world.crm<CrmRecord>('POST', '/customers', fields, headers)

test('it wants its key, and says what it does not know', async () => {
  expect((await fetch(`${world.sandbox.crmUrl}/customers`)).status).toBe(401)
  expect((await world.crm('GET', '/customers', undefined, { authorization: 'Bearer no' })).status).toBe(401)
  expect((await world.crm('GET', '/customers', undefined, { authorization: '', 'x-api-key': 'crm-key' })).status).toBe(
    200,
  )
  expect((await world.crm('GET', '/nothing')).status).toBe(404)
  expect((await world.crm('DELETE', '/customers')).status).toBe(405)
  expect((await world.crm('GET', '/customers/%ff')).status).toBe(400)
  expect((await world.crm('GET', '/customers/constructor')).status).toBe(404)
})

test('a list walks through everything once, in order of modification', async () => {
  const seen: CrmRecord[] = []
  for (let cursor: string | null = ''; cursor !== null; ) {
    const query: string = cursor ? `&cursor=${cursor}` : ''
    const { body }: { body: List } = await world.crm<List>('GET', `/customers?limit=70${query}`)
    seen.push(...body.items)
    cursor = body.nextCursor
  }
  const times = seen.map(({ modifiedAt }) => modifiedAt)
  expect(new Set(seen.map(({ id }) => id)).size).toBe(seen.length)
  expect(seen.length).toBeGreaterThanOrEqual(300)
  expect(times).toEqual(times.toSorted())
  expect((await world.crm('GET', '/customers?cursor=x')).status).toBe(400)
  expect((await world.crm('GET', '/customers?limit=9999')).status).toBe(400)
})

test('an incremental pull sees what changed since, and nothing else', async () => {
  const since = new Date(world.clock.now().getTime() + 1000).toISOString()
  world.clock.advance({ seconds: 2 })
  await world.crm('PATCH', '/customers/cus-0007', { company: '杭州启明商贸有限公司' })
  const { body } = await world.crm<List>('GET', `/customers?modifiedSince=${since}`)
  expect(body.items.map(({ id }) => id)).toEqual(['cus-0007'])
})

test('a record is created, read, changed and deleted', async () => {
  const { status, body, headers } = await create({ name: '测试一', phone: '13900000001', stage: '已联系' })
  expect(status).toBe(201)
  expect(headers.get('etag')).toBe('"1"')
  expect(body).toMatchObject({ version: 1, name: '测试一', tags: [], doNotCall: false, email: null })
  const changed = await world.crm<CrmRecord>('PATCH', `/customers/${body.id}`, { email: 'a@b.cn', version: 1 })
  expect(changed.body).toMatchObject({ version: 2, email: 'a@b.cn', phone: '13900000001', stage: '已联系' })
  const cleared = await world.crm<CrmRecord>('PATCH', `/customers/${body.id}`, { email: null })
  expect(cleared.body).toMatchObject({ version: 3, email: null })
  expect((await world.crm('DELETE', `/customers/${body.id}`, undefined, { 'if-match': '"3"' })).status).toBe(204)
  expect((await world.crm('GET', `/customers/${body.id}`)).status).toBe(404)
})

test('a change against an old version answers 409 with the current values, and changes nothing', async () => {
  const { body } = await create({ name: '测试二', phone: '13900000002' })
  await world.crm('PATCH', `/customers/${body.id}`, { name: '测试二改' }, { 'if-match': '"1"' })
  for (const [fields, headers] of [
    [{ name: '旧' }, { 'if-match': '"1"' }],
    [{ name: '旧', version: 1 }, {}],
  ] as const) {
    const stale = await world.crm<{ error: string; current: CrmRecord }>(
      'PATCH',
      `/customers/${body.id}`,
      fields,
      headers,
    )
    expect(stale.status).toBe(409)
    expect(stale.body).toMatchObject({ error: 'modified', current: { version: 2, name: '测试二改' } })
  }
  expect((await world.crm('DELETE', `/customers/${body.id}`, undefined, { 'if-match': '"1"' })).status).toBe(409)
  expect((await world.crm('PATCH', `/customers/${body.id}`, { name: 'x' }, { 'if-match': 'x' })).status).toBe(400)
})

test('writing what is already there keeps the version', async () => {
  const { body } = await create({ name: '测试三', phone: '13900000003' })
  const same = await world.crm<CrmRecord>('PATCH', `/customers/${body.id}`, { name: '测试三', tags: [] })
  expect(same.body).toEqual(body)
})

test('a duplicate answers 409 with the candidates, in any writing of the number, unless the check is skipped', async () => {
  const first = await create({ name: '测试四', phone: '13900000004', email: 'Dup@Example.cn' })
  for (const again of [{ phone: '+86 139-0000-0004' }, { otherPhones: ['13900000004'] }, { email: 'dup@example.cn' }]) {
    const refused = await world.crm<{ error: string; candidates: CrmRecord[] }>('POST', '/customers', {
      name: '又一',
      ...again,
    })
    expect(refused.status).toBe(409)
    expect(refused.body.error).toBe('duplicate')
    expect(refused.body.candidates.map(({ id }) => id)).toEqual([first.body.id])
  }
  expect((await create({ name: '家人', phone: '13900000004' }, { 'x-skip-duplicate-check': 'true' })).status).toBe(201)
})

test('order numbers are given once, and a deal needs its customer', async () => {
  const deal = { customerId: 'cus-0001', orderNo: 'SO-1', title: '净水设备', amount: '1200.50' }
  expect((await world.crm('POST', '/deals', deal)).status).toBe(201)
  expect((await world.crm('POST', '/deals', deal)).body).toMatchObject({ error: 'duplicate' })
  const lost = await world.crm('POST', '/deals', { ...deal, orderNo: 'SO-2', customerId: 'nobody' })
  expect(lost).toMatchObject({ status: 400, body: { field: 'customerId' } })
})

test('bad input is refused with the field that is wrong', async () => {
  expect(await create({ phone: '1' })).toMatchObject({ status: 400, body: { field: 'name' } })
  expect(await create({ name: 'x', colour: 'red' })).toMatchObject({ status: 400, body: { field: 'colour' } })
  expect(await create({ name: 'x', tags: 'y' })).toMatchObject({ status: 400, body: { field: 'tags' } })
  expect((await world.crm('PATCH', '/customers/cus-0001', [])).status).toBe(400)
  expect((await create({ name: 'x'.repeat(1_100_000) })).status).toBe(413)
  const url = `${world.sandbox.crmUrl}/customers`
  const headers = { authorization: 'Bearer crm-key' }
  expect((await fetch(url, { method: 'POST', headers, body: '{' })).status).toBe(400)
})

test('webhooks are silent until switched on, then tell what changed, signed', async () => {
  await world.sandbox.runDue()
  expect(world.hub.stored('/hooks/sandbox-crm')).toEqual([])
  await world.crm('POST', '/control/webhooks', { on: true })
  const { body } = await create({ name: '测试五', phone: '13900000005' })
  await world.crm('PATCH', `/customers/${body.id}`, { tags: ['VIP'], name: '测试五' })
  await world.crm('DELETE', `/customers/${body.id}`)
  await world.sandbox.runDue()
  const told = world.hub.stored('/hooks/sandbox-crm')
  expect(told).toMatchObject([
    { event: 'created', type: 'customer', recordId: body.id, version: 1, changed: { name: '测试五' } },
    { event: 'updated', type: 'customer', recordId: body.id, version: 2, changed: { tags: ['VIP'] } },
    { event: 'deleted', type: 'customer', recordId: body.id, version: 3, changed: {} },
  ])
  expect(told[1]!.changed).toEqual({ tags: ['VIP'] })
  expect(new Set(told.map(({ id }) => id)).size).toBe(3)
})

test('records outlive a restart', async () => {
  const { body } = await create({ name: '测试六', phone: '13900000006' })
  await world.restart()
  expect((await world.crm<CrmRecord>('GET', `/customers/${body.id}`)).body).toEqual(body)
  expect((await world.crm('GET', '/control/state')).body).toMatchObject({ webhooks: true, records: { users: 4 } })
})
