import { beforeAll, describe, expect, it } from 'vitest'
import {
  type CallFeedbackInput,
  DispositionsDocument,
  GiveCallFeedbackDocument,
} from '../../schema/operations/generated/graphql.js'
import type { TestClient } from '../kit/client.js'
import { cursorNow } from '../kit/cursorNow.js'
import { startHub, type TestHub } from '../kit/startHub.js'

let hub: TestHub
let li: TestClient
let callId: string

beforeAll(async () => {
  hub = await startHub()
  li = hub.as('agent-north-1')
  await hub.happen(
    { callId: 'c', type: 'call.started', legId: 'a', direction: 'inbound', from: '13700009999' },
    { callId: 'c', type: 'call.connected', legId: 'b', extension: '1001' },
  )
  callId = (await li.query('{ calls(first: 1) { nodes { id } } }')).calls.nodes[0].id
})

const give = async (input: Omit<CallFeedbackInput, 'callId'>, client = li) =>
  (await client.run(GiveCallFeedbackDocument, { input: { callId, ...input } })).giveCallFeedback!.call!
const problem = async (input: Omit<CallFeedbackInput, 'callId'>, client = li) => {
  const { errors } = await client.try(GiveCallFeedbackDocument, { input: { callId, ...input } })
  return `${errors?.[0]?.extensions?.code} ${errors?.[0]?.message}`
}
const SAVE = `mutation($input: DispositionInput!) { saveDisposition(input: $input) { disposition { id version name active } } }`

describe('B2: what people say of a call', () => {
  it('stands beside what the phone system tells, and is not lost when it tells more', async () => {
    const events = await li.subscribe(
      'subscription($after: Cursor) { callUpdated(after: $after) { kind call { disposition } } }',
      { after: await cursorNow(hub) },
    )
    const call = await give({ disposition: 'interested', note: '下周二回电 13700009999', rating: 4 })
    expect(call).toMatchObject({
      disposition: '有意向',
      feedback: [{ source: 'AGENT', rating: 4, note: '下周二回电 137****9999' }],
    })
    expect((await events.next()).data.callUpdated).toEqual({ kind: 'FEEDBACK', call: { disposition: '有意向' } })
    hub.clock.advance({ minutes: 1 })
    await hub.happen(
      { callId: 'c', type: 'call.feedback', by: 'customer', rating: 5 },
      { callId: 'c', type: 'call.ended', outcome: 'answered' },
    )
    const again = await give({ rating: 3 })
    expect(again.disposition).toBe('有意向')
    expect(again.feedback).toMatchObject([
      { source: 'CUSTOMER', rating: 5 },
      { source: 'AGENT', rating: 3, note: null },
    ])
  })

  it('is told of the call, however its id is written', async () => {
    const events = await li.subscribe('subscription($after: Cursor) { callUpdated(after: $after) { call { id } } }', {
      after: await cursorNow(hub),
    })
    const input = { callId: callId.toUpperCase(), rating: 3 }
    const { giveCallFeedback } = await li.run(GiveCallFeedbackDocument, { input })
    expect(giveCallFeedback!.call!.id).toBe(callId)
    expect((await events.next()).data.callUpdated.call.id).toBe(callId)
  })

  it('comes from who handled it, their supervisor and administrators', async () => {
    for (const person of ['supervisor-north', 'admin'])
      expect((await give({ note: person }, hub.as(person))).feedback).toContainEqual(
        expect.objectContaining({ note: person }),
      )
    expect(await problem({ note: 'x' }, hub.as('agent-north-2'))).toMatch(/^NOT_FOUND/)
    expect(await problem({ note: 'x' }, hub.as('supervisor-south'))).toMatch(/^NOT_FOUND/)
    expect(await problem({ note: 'x' }, hub.as('auditor'))).toMatch(/^FORBIDDEN/)
  })

  it('that does not fit is refused with what would', async () => {
    expect(await problem({})).toMatch(/^BAD_USER_INPUT Say how it went/)
    expect(await problem({ rating: 101 })).toMatch(/^BAD_USER_INPUT A rating is a whole number from 0 to 100/)
    expect(await problem({ note: ' ' })).toMatch(/^BAD_USER_INPUT A note has/)
    expect(await problem({ note: '\u001b[31m好' })).toMatch(/^BAD_USER_INPUT There are characters/)
    const unknown = await problem({ disposition: '13700009999' })
    expect(unknown).toMatch(/^BAD_USER_INPUT Choose one of interested \(有意向\), call-back \(需要回访\)/)
    expect(unknown).not.toContain('9999')
  })
})

describe('A12: the dictionary of results', () => {
  it('is that of the configuration, in its order, for all who work with calls', async () => {
    const { dispositions } = await hub.as('analyst').run(DispositionsDocument)
    expect(dispositions!.slice(0, 2)).toEqual([
      { id: 'interested', name: '有意向', active: true },
      { id: 'call-back', name: '需要回访', active: true },
    ])
  })

  it('is written by administrators; calls keep the word they had', async () => {
    const admin = hub.as('admin')
    const save = (input: object) => admin.query(SAVE, { input })
    const { saveDisposition } = await save({ id: 'demo', name: '已演示' })
    expect(saveDisposition.disposition).toEqual({ id: 'demo', version: 1, name: '已演示', active: true })
    await give({ disposition: 'demo' })
    await save({ id: 'demo', version: 1, name: '产品已演示' })
    expect((await give({ note: '好' })).disposition).toBe('已演示')
    await save({ id: 'demo', version: 2, name: '产品已演示', active: false })
    expect(await problem({ disposition: 'demo' })).toMatch(/^BAD_USER_INPUT/)
    const codes = async (input: object, client = admin) => (await client.problems(SAVE, { input }))[0]
    expect(await codes({ id: 'demo', name: 'x' })).toBe('CONFLICT saveDisposition')
    expect(await codes({ id: 'demo', version: 1, name: 'x' })).toBe('CONFLICT saveDisposition')
    expect(await codes({ id: 'other', name: '有意向' })).toBe('BAD_USER_INPUT saveDisposition')
    expect(await codes({ id: 'other', name: 'a\0b' })).toBe('BAD_USER_INPUT saveDisposition')
    expect(await codes({ id: 'a b', name: 'x' })).toBe('BAD_USER_INPUT saveDisposition')
    expect(await codes({ id: 'other', name: 'x' }, hub.as('supervisor-north'))).toBe('FORBIDDEN saveDisposition')
  })
})
