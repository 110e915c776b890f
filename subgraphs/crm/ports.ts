import { type SqlBool, sql } from 'kysely'
import type { Kernel } from '../../kernel/context/index.js'
import { column, idList, rowsOf } from '../../kernel/orm/index.js'
import type { CustomerRef, Ports } from '../../kernel/ports/index.js'
import { remember } from '../../kernel/remember.js'
import { Customer } from './customer/customer.entity.js'
import { moveCustomers } from './customer/moveCustomers.js'
import { lockOwner } from './customer/newOwner.js'
import { numberToDial } from './customer/numberToDial.js'
import { holdStill, lockNumbers } from './customer/phones.js'

/** What the crm subgraph does for the others. */
export const crmPorts = (kernel: () => Kernel): Pick<Ports, 'customers' | 'owners'> => ({
  customers: {
    holdNumbers: em => lockNumbers(kernel(), em),
    holdStill: (em, indexes) => holdStill(kernel(), em, indexes),
    byPhoneIndex: async (em, indexes) => {
      // One look into the indexes for each number, also for thousands, and also before the tables' statistics are there: left to itself the
      // planner would read whole tables, once or (in the first minutes of an import) for each number.
      const { rows } = await sql<CustomerRef & { index: string }>`
        select w.index, c.id, c.owner_id as "ownerId", c.team_id as "teamId"
        from (select distinct unnest(${[...indexes]}::text[]) as index) w
        cross join lateral (select customer_id from crm.customer_phone where index = w.index offset 0) p
        cross join lateral (
          select id, owner_id, team_id, created_at from crm.customer
          where id = p.customer_id and archived_at is null offset 0) c
        order by c.created_at, c.id`.execute(em.getKysely<unknown>())
      const found = new Map<string, CustomerRef[]>()
      for (const { index, ...customer } of rows) remember(found, index, () => []).push(customer)
      return found
    },
    putAwayWith: async (em, index) => {
      const { rows } = await sql<{ id: string }>`
        select distinct c.id from crm.customer_phone p join crm.customer c on c.id = p.customer_id
        where p.index = ${index} and c.archived_at is not null`.execute(em.getKysely<unknown>())
      return rows.map(({ id }) => id)
    },
    byId: async (em, ids) => {
      const rows = await rowsOf<Customer>(em, Customer, { select: ['id', 'ownerId', 'teamId'] })
        .where(sql<SqlBool>`${column(em, Customer, 'id')} = any(${idList(em, Customer, 'id', ids)})`)
        .execute()
      return new Map(rows.map(({ id, ownerId, teamId }) => [id, { id, ownerId, teamId }]))
    },
    toDial: numberToDial,
    notToCall: async (em, ids) => {
      const rows = await rowsOf<Customer>(em, Customer, { select: ['id'] })
        .where(sql<SqlBool>`${column(em, Customer, 'id')} = any(${idList(em, Customer, 'id', ids)})`)
        .where(sql<SqlBool>`${column(em, Customer, 'doNotCall')}`)
        .execute()
      return new Set(rows.map(({ id }) => id))
    },
    latestFollowUps: async (em, customerIds, limit) => {
      const { rows } = await sql<{ customerId: string; id: string }>`
        select c.id as "customerId", f.id from unnest(${[...new Set(customerIds)]}::uuid[]) as c(id)
        cross join lateral (
          select id from crm.follow_up where customer_id = c.id order by created_at desc, id desc limit ${limit}) f`.execute(
        em.getKysely<unknown>(),
      )
      const latest = new Map<string, string[]>()
      for (const { customerId, id } of rows) remember(latest, customerId, () => []).push(id)
      return latest
    },
  },
  owners: {
    teamChanged: async (change, ownerId, teamId) => {
      await lockOwner(kernel(), change.em, ownerId)
      // Held, so that one who is being given to somebody else is not taken back.
      const { rows: owned } = await sql<{ id: string }>`
        select id from crm.customer where owner_id = ${ownerId} order by id for no key update`.execute(
        change.em.getKysely<unknown>(),
      )
      await moveCustomers(
        kernel(),
        change,
        owned.map(({ id }) => ({ id, ownerId, teamId })),
      )
    },
  },
})
