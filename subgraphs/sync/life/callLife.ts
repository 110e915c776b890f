import { type SqlBool, sql } from 'kysely'
import { type AuditedAct, auditOf } from '../../../kernel/audit/auditOf.js'
import type { HubContext } from '../../../kernel/context/index.js'
import { forbidden, notFound } from '../../../kernel/errors.js'
import { column } from '../../../kernel/orm/index.js'
import { AccessGrant } from '../../access/index.js'
import { Call, heardOf } from '../../call/index.js'
import { System } from '../system/system.entity.js'
import { hearing } from './hearing.js'
import type { Line } from './line.js'
import { namesFor } from './namesFor.js'
import type { RecordEvent } from './recordEvent.js'
import { whyLinked } from './whyLinked.js'
import { inWords } from './words/inWords.js'

/** Of one call: the call is made anew after each fact, so that a system that will not stop talking about one must not stop the hub. */
const MOST_FACTS = 300
const MOST_ACTS = 200
/** Facts go a month after they were heard. */
const KEPT_MS = 30 * 86_400_000

/** What a call's life tells beyond the call that rings: a grant for the time of a call does not open it. */
const TOLD = ['legs', 'hangupCause', 'feedback']

/** Everything that happened to a call, by when it happened. */
export async function lifeOfCall(ctx: HubContext, id: string): Promise<RecordEvent[]> {
  const call = await ctx.byId<Call>(Call, id)
  if (!call) throw notFound('call')
  // A row read by SQL has its times as text.
  const enteredAt = new Date(call.createdAt)
  const readable = ctx.readableFields('Call', call)
  if (!TOLD.every(field => readable.has(field)))
    throw forbidden('You see this call only while it rings and shortly after; its life is not told to you.')
  const { heard, more } = await heardOf(ctx.kernel, call.systemId, call.externalId, MOST_FACTS)
  const told = hearing(heard)
  const lines: Line[] = [
    ...told.map(one => ({ stage: 'HEARD' as const, ...one, at: new Date(one.fact.at) })),
    ...(await actsOn(ctx, call)),
    ...(await screensOf(ctx, call)),
  ]
  const noted = (note: 'EXPIRED' | 'LOADED' | 'CUT') =>
    lines.push({ stage: 'NOTE', note, at: enteredAt, heardAt: null })
  if (more) noted('CUT')
  if (ctx.now.getTime() - enteredAt.getTime() > KEPT_MS) noted('EXPIRED')
  else if (heard.length === 0) noted('LOADED')
  const names = await namesFor(ctx, call, lines)
  const system = await ctx.byId<System>(System, call.systemId)
  return lines.sort(byTime).map(line => ({
    at: line.at,
    heardAt: line.heardAt,
    stage: line.stage,
    text: inWords(ctx.caller.lang, line, names),
    system: line.stage === 'HEARD' ? system : null,
  }))
}

/** Array.sort is stable: what shares a moment stays in the order of cause and effect in which it was gathered. */
const byTime = (a: Line, b: Line): number => a.at.getTime() - b.at.getTime()

/** What was done to it, and why it belongs to whom it does. Who read it in full is told to those who may read the audit. */
async function actsOn(ctx: HubContext, call: Call): Promise<Line[]> {
  const acts = await auditOf(ctx.kernel.systemEm(), { type: 'Call', id: call.id }, MOST_ACTS)
  const audits = ctx.mayAtAll('read', 'AuditEntry')
  const links = acts.filter(({ action }) => action === 'Call.linked')
  const lines: Line[] = acts
    .filter(act => !links.includes(act) && (act.kind !== 'ACCESS' || audits))
    .map(({ at, action, actorId, fields }) => ({
      stage: 'AUDIT',
      at,
      heardAt: null,
      action,
      actorId,
      fields: fields ?? [],
    }))
  // Learnt of the number later than of the call; else a fact told the number late.
  const learnt = (act: AuditedAct) => act.detail?.by === 'NUMBER'
  for (const act of links.slice(0, -1))
    lines.push({
      stage: 'LINK',
      at: act.at,
      heardAt: null,
      why: { kind: act.kind !== 'SYNC' ? 'PERSON' : learnt(act) ? 'LEARNT' : 'NUMBER' },
      by: act.actorId,
    })
  const last = links.at(-1)
  lines.push({
    stage: 'LINK',
    at: last?.at ?? new Date(call.createdAt),
    heardAt: null,
    why: whyLinked(call, last !== undefined && learnt(last)),
    by: last?.actorId ?? null,
  })
  return lines
}

/** Whose screens it opened, as far as the viewer may know. */
async function screensOf(ctx: HubContext, call: Call): Promise<Line[]> {
  const grants = await ctx
    .rows<AccessGrant>(AccessGrant)
    .where(sql<SqlBool>`${column(ctx.em, AccessGrant, 'callId')} = ${call.id}::uuid`)
    .orderBy(column(ctx.em, AccessGrant, 'startsAt'))
    .limit(MOST_ACTS)
    .execute()
  return grants.map(({ personId, startsAt, endsAt, customerIds }) => ({
    stage: 'SCREEN',
    at: new Date(startsAt),
    heardAt: null,
    personId,
    customers: customerIds.length,
    until: new Date(endsAt),
  }))
}
