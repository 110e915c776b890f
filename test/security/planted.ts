import { givenCustomers } from '../kit/factories.js'
import type { TestPerson } from '../kit/people.js'
import type { TestHub } from '../kit/startHub.js'

/** What belongs to one customer and is personal. */
export interface Planted {
  ownerId: TestPerson
  extension: string
  name: string
  /** Four numbers, an e-mail address, an address; the last is a number that a customer of the other team has too. */
  values: string[]
}

const SHARED = '18855009966'

export const planted: readonly Planted[] = (['north', 'south'] as const).flatMap((team, t) =>
  [0, 1, 2].map((i): Planted => {
    const n = t * 3 + i
    const phones = [`1371001${n}0${n}7`, `1582002${n}1${n}9`, `1393003${n}2${n}3`, `1774004${n}3${n}1`]
    return {
      ownerId: `agent-${team}-${i % 2 === 0 ? 1 : 2}`,
      extension: `${t + 1}00${(i % 2) + 1}`,
      name: `${'赵钱孙李周吴'[n]}小${'红橙黄绿青蓝'[n]}`,
      values: [
        ...phones,
        `secret.person${n}@mail${n}.example.com`,
        `隐秘路${n}7${n}号院`,
        ...(i === 2 ? [SHARED] : []),
      ],
    }
  }),
)

const everything = [...new Set(planted.flatMap(({ name, values }) => [name, ...values]))]

/** Where the planted values stand in a hub. */
export interface Plantation {
  /** Ids of the planted customers, in their order. */
  customers: string[]
  /** What each call carries in its numbers and texts, by the id the phone system gave it. */
  calls: Map<string, string[]>
}

/** Puts the planted customers into a hub, with values pasted where they do not belong, and a call with each of them. */
export async function plant(hub: TestHub): Promise<Plantation> {
  const customers = await givenCustomers(
    hub,
    ...planted.map(({ ownerId, name, values: [phone, other, inNote, inTitle, email, address, ...more] }) => ({
      name,
      phone: phone!,
      otherPhones: [other!, ...more],
      email: email!,
      address: address!,
      ownerId,
      company: `联系 ${inNote} 公司`,
      source: `转介 ${email}`,
      stageLabel: `意向${inTitle}`,
      tags: [`微信${inNote}`, 'VIP'],
      followUps: [{ note: `请打 ${inNote!.replace(/(\d{3})(\d{4})/, '$1 $2 ')} 或写信 ${email}` }],
      deals: [{ title: `报价给 ${inTitle}` }],
    })),
  )
  const calls = new Map<string, string[]>()
  for (const [i, { extension, values }] of planted.entries()) {
    const callId = `planted-${i}`
    calls.set(callId, values.slice(0, 3))
    const call = { callId, direction: 'outbound', to: values[0], from: extension }
    await hub.happen(
      { ...call, type: 'call.started', legId: 'a', extension },
      { ...call, type: 'call.connected', legId: 'a', extension },
      { callId, type: 'call.feedback', note: `回拨 ${values[1]}`, by: 'customer', rating: 5 },
      { callId, type: 'call.ended', cause: `to ${values[2]}` },
    )
  }
  return { customers, calls }
}

/** What decides who may see what, as it stands in the database now. */
export interface Access {
  customers: { ownerId: string | null; teamId: string | null; grantedTo: string[] }[]
  calls: { teamId: string | null; carries: string[] }[]
}

export async function accessNow(hub: TestHub, { customers, calls }: Plantation): Promise<Access> {
  const connection = hub.kernel.systemEm().getConnection()
  const rows = await connection.execute<{ id: string; owner_id: string | null; team_id: string | null }[]>(
    'select id::text, owner_id, team_id from crm.customer',
  )
  const grants = await connection.execute<{ person_id: string; customer_id: string }[]>(
    `select person_id, customer_ids[1]::text as customer_id from access.access_grant
     where cardinality(customer_ids) = 1 and ended_at is null and ends_at > ?::timestamptz`,
    [hub.clock.now().toISOString()],
  )
  const kept = await connection.execute<{ external_id: string; team_id: string | null }[]>(
    'select external_id, team_id from call.call',
  )
  return {
    customers: customers.map(id => {
      const row = rows.find(one => one.id === id)!
      const grantedTo = grants.filter(({ customer_id }) => customer_id === id).map(({ person_id }) => person_id)
      return { ownerId: row.owner_id, teamId: row.team_id, grantedTo }
    }),
    calls: kept.map(({ external_id, team_id }) => ({ teamId: team_id, carries: calls.get(external_id) ?? [] })),
  }
}

/**
 * What of all that is planted this person may not see, in any writing. Supervisors may see what their team's customers have and what their
 * team's calls carry; agents the names of customers they own or whose call rings at them, never a value; analysts and auditors nothing.
 */
export function forbiddenTo(person: TestPerson, { customers, calls }: Access): string[] {
  if (person === 'admin') return []
  const [role, team] = person.split('-')
  const may = new Set<string>()
  for (const [i, { ownerId, teamId, grantedTo }] of customers.entries()) {
    const { name, values } = planted[i]!
    if (role === 'supervisor' && teamId === team) for (const value of [name, ...values]) may.add(value)
    if (role === 'agent' && (ownerId === person || grantedTo.includes(person))) may.add(name)
  }
  if (role === 'supervisor')
    for (const { teamId, carries } of calls) if (teamId === team) for (const value of carries) may.add(value)
  return everything.filter(value => !may.has(value))
}
