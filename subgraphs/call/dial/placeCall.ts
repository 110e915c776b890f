import { randomUUID } from 'node:crypto'
import type { Change } from '../../../kernel/changes/index.js'
import { type HubContext, type Kernel, REFUSED_CALLS, spend } from '../../../kernel/context/index.js'
import { wallClock } from '../../../kernel/day.js'
import { rateLimited } from '../../../kernel/errors.js'
import type { CallFact, CustomerRef, DialOrder } from '../../../kernel/ports/index.js'
import { applyFacts } from '../apply/applyFacts.js'
import { Call } from '../call/call.entity.js'
import { setCustomer } from '../call/setCustomer.js'
import { circumstancesOf } from './circumstances.js'
import { type Refusal, refusalOf } from './gate.js'
import { notTaken } from './notTaken.js'
import type { PlaceCallInput } from './placeCallInput.js'
import { refused } from './refusals.js'
import { type Target, targetOf } from './target.js'

/** A call that stands in the database, and what the phone system is to be told. */
interface Placed {
  id: string
  systemId: string
  order: DialOrder
}

/**
 * C8: places a call without showing the number to anybody but the phone system. The call is there, for everybody who follows calls, before
 * the phone system hears of it, under an id that the hub chose: what the system tells afterwards is about the same call.
 */
export async function placeCall(ctx: HubContext, input: PlaceCallInput): Promise<Call | null> {
  const { kernel } = ctx
  const placed = await kernel.transact(ctx.actingEm(), change => prepare(ctx, change, input))
  if (placed === 'TOLD_ENOUGH') return stop(ctx)
  if (typeof placed === 'string') throw refused(placed, kernel.ports.dialling.rules)
  await send(ctx, placed)
  return ctx.reread(Call, placed.id)
}

/** Why not is told so often only: it says something of calls and customers that the caller may not read. */
async function stop({ kernel, actor }: HubContext): Promise<never> {
  await kernel.ports.notices.budgetExceeded({ personId: actor.id, kind: REFUSED_CALLS.kind })
  throw rateLimited('Too many of your calls were refused. Try again in an hour.', 3600)
}

/** A refused try stays on record too, so it is returned and not thrown. */
async function prepare(
  ctx: HubContext,
  change: Change,
  input: PlaceCallInput,
): Promise<Placed | Refusal | 'TOLD_ENOUGH'> {
  const { kernel, actor } = ctx
  const { em, at } = change
  await kernel.ports.customers.holdStill(em, [])
  const target = await targetOf(ctx, em, input)
  const { customer, number, rungBack } = target
  // One call of a person, to a customer and to a number at a time: whoever comes second finds the first one's call. Everybody locks in this order.
  await kernel.lock(em, `dialling:person:${actor.id}`)
  if (customer) await kernel.lock(em, `dialling:customer:${customer.id}`)
  if (number?.index) await kernel.lock(em, `dialling:number:${number.index}`)
  const seen = await circumstancesOf(kernel, em, target, { personId: actor.id, now: at })
  const canonical = number?.cipher ? await canonicalOf(kernel, number.cipher) : null
  const refusal = refusalOf(
    { ...seen, dialable: seen.dialable && canonical !== null },
    kernel.ports.dialling.rules,
    wallClock(at, kernel.zone),
  )
  if (refusal) {
    change.record({ kind: 'ACCESS', action: 'Call.refused', ...subjectOf(target), detail: { reason: refusal } })
    return (await spend(em, REFUSED_CALLS, actor.id, at, 1)) > 0 ? refusal : 'TOLD_ENOUGH'
  }
  const systemId = seen.systemId!
  const order = {
    callId: `hub-${randomUUID()}`,
    extension: seen.extension!,
    number: canonical!,
    shownAs: number!.masked,
  }
  await applyFacts(kernel, change, systemId, [placedFact(order, at)])
  const call = await em.findOneOrFail<Call>(Call, { systemId, externalId: order.callId })
  if (customer) await tie(kernel, call, customer)
  change.record({
    kind: 'CHANGE',
    action: 'Call.placed',
    subjectType: 'Call',
    subjectId: call.id,
    customerId: call.customerId,
    detail: { system: systemId, ...(rungBack && { rungBack: rungBack.id }) },
  })
  return { id: call.id, systemId, order }
}

const subjectOf = ({ customer, rungBack }: Target) => ({
  subjectType: rungBack ? 'Call' : 'Customer',
  subjectId: rungBack?.id ?? customer?.id,
  customerId: customer?.id ?? null,
})

/** null where the number is no longer to be read: its customer was erased. */
const canonicalOf = async (kernel: Kernel, cipher: Buffer): Promise<string | null> =>
  (await kernel.dataKeys.decryptMany([cipher]))[0] ?? null

/** The customer who was asked for, where their number alone does not say so. */
async function tie(kernel: Kernel, call: Call, customer: CustomerRef): Promise<void> {
  if (call.customerId !== customer.id) await setCustomer(kernel, call, customer, 'PERSON')
}

const placedFact = ({ callId, extension, number }: DialOrder, at: Date): CallFact => ({
  key: `${callId}:placed`,
  callId,
  at: at.toISOString(),
  kind: 'DIALING',
  direction: 'OUTBOUND',
  to: number,
  extension,
  placed: true,
})

/** Tells the phone system. A call that it does not take has failed; should it take it after all, its own word counts. */
async function send(ctx: HubContext, { id, systemId, order }: Placed): Promise<void> {
  const { kernel } = ctx
  const { callId } = order
  try {
    const dialler = kernel.ports.dialling.diallerOf(systemId)
    if (!dialler) throw new Error('It can no longer place calls.')
    await dialler.place(order)
  } catch (error) {
    const gone = notTaken(error)
    kernel.log.warn({ system: systemId, call: id, reason: gone.message }, 'a phone system did not take a call')
    await kernel.transact(ctx.actingEm(), async change => {
      const ended = { kind: 'ENDED', outcome: 'FAILED', cause: 'not placed', at: change.at.toISOString() } as const
      await applyFacts(kernel, change, systemId, [{ key: `${callId}:failed`, callId, placed: true, ...ended }])
      change.record({ kind: 'CHANGE', action: 'Call.notPlaced', subjectType: 'Call', subjectId: id })
    })
    throw gone
  }
}
