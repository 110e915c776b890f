import type { EntityManager } from '@mikro-orm/postgresql'
import { type RawBuilder, type SqlBool, sql } from 'kysely'
import { ConsentPurpose, ConsentState } from '../../../kernel/consent.js'
import type { Kernel } from '../../../kernel/context/index.js'
import { dayStart } from '../../../kernel/day.js'
import { column, idList, rowsOf } from '../../../kernel/orm/index.js'
import { PhoneKind } from '../../../kernel/sensitive/index.js'
import { Call } from '../call/call.entity.js'
import { chooseSystem } from './chooseSystem.js'
import type { Circumstances } from './gate.js'
import type { Target } from './target.js'

/** Numbers that lead to a person, not to a hotline; what no system understands is of kind UNKNOWN. */
const DIALABLE = [PhoneKind.MOBILE, PhoneKind.LANDLINE, PhoneKind.FOREIGN]

/** What speaks for and against calling this number now; read by one who sees every row. */
export async function circumstancesOf(
  kernel: Kernel,
  em: EntityManager,
  target: Target,
  { personId, now }: { personId: string; now: Date },
): Promise<Circumstances> {
  const { customers, consents, desk, dialling } = kernel.ports
  const { number, rungBack } = target
  const { asked, putAway } = await concernedBy(kernel, em, target)
  const concerned = [...asked, ...putAway]
  const said = await consents.latest(em, concerned, ConsentPurpose.CONTACT)
  const extensions = await desk.extensionsOf(em, [personId], now)
  const able = dialling.systems()
  const mine = sql<SqlBool>`${column(em, Call, 'agentId')} = ${personId}`
  const latest = await rowsOf<Call>(em, Call, { select: ['systemId'] })
    .where(sql<SqlBool>`${mine} and ${column(em, Call, 'systemId')} = any(${[...able]})`)
    .orderBy(column(em, Call, 'startedAt'), 'desc')
    .limit(1)
    .executeTakeFirst()
  const live = sql<SqlBool>`${column(em, Call, 'status')} <> 'ENDED'`
  return {
    dialable: number !== null && number.index !== null && number.cipher !== null && DIALABLE.includes(number.kind),
    doNotCall: (await customers.notToCall(em, concerned)).size > 0,
    consents: [...said]
      .filter(([id, state]) => state !== ConsentState.GRANTED || asked.includes(id))
      .map(([, state]) => state),
    callsToday: await callsToday(kernel, em, target, now),
    inCall: (await callsWhere(em, sql`${live} and ${withThem(em, target)}`, 1)).length > 0,
    agentBusy: (await callsWhere(em, sql`${live} and ${mine}`, 1)).length > 0,
    extension: extensions.get(personId)?.[0] ?? null,
    systemId: chooseSystem(able, { rungBack: rungBack?.systemId ?? null, latest: latest?.systemId ?? null }),
  }
}

/**
 * Whose wishes count. A mobile is one person's telephone, whatever records of them there are; behind a landline there may be a whole company,
 * where only the one who is asked for counts, if one is. Of records that were put away a no still counts, and a yes no longer.
 */
async function concernedBy(
  kernel: Kernel,
  em: EntityManager,
  { customer, number }: Target,
): Promise<{ asked: string[]; putAway: string[] }> {
  if (customer && number?.kind !== PhoneKind.MOBILE) return { asked: [customer.id], putAway: [] }
  const { customers } = kernel.ports
  const index = number?.index
  const holders = index ? ((await customers.byPhoneIndex(em, [index])).get(index) ?? []) : []
  return {
    asked: [...new Set([customer, ...holders].flatMap(one => one?.id ?? []))],
    putAway: index ? await customers.putAwayWith(em, index) : [],
  }
}

/** Those that never got as far as the phone system troubled nobody. Counted to what is allowed a day, and no further. */
async function callsToday(kernel: Kernel, em: EntityManager, target: Target, now: Date): Promise<number> {
  const since = dayStart(now, kernel.zone)
  const calls = await callsWhere(
    em,
    sql`${column(em, Call, 'direction')} = 'OUTBOUND' and ${column(em, Call, 'startedAt')} >= ${since}
      and ${column(em, Call, 'outcome')} is distinct from 'FAILED' and ${withThem(em, target)}`,
    kernel.ports.dialling.rules.perDay,
  )
  return calls.length
}

/** Calls with this number, or with this customer at whatever number. */
const withThem = (em: EntityManager, { customer, number }: Target) =>
  sql<SqlBool>`(${column(em, Call, 'phoneIndex')} = ${number?.index ?? null}
    or ${column(em, Call, 'customerId')} = any(${idList(em, Call, 'customerId', customer ? [customer.id] : [])}))`

const callsWhere = (em: EntityManager, test: RawBuilder<SqlBool>, most: number) =>
  rowsOf<Call>(em, Call, { select: ['id'] })
    .where(test)
    .limit(most)
    .execute()
