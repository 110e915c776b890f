import { type RawBuilder, type SqlBool, sql } from 'kysely'
import { Field, ID, InputType, registerEnumType } from 'type-graphql'
import type { HubContext } from '../../../kernel/context/index.js'
import { badInput, forbidden } from '../../../kernel/errors.js'
import { column, idList } from '../../../kernel/orm/index.js'
import type { Order } from '../../../kernel/page/index.js'
import { DateTime } from '../../../kernel/scalars.js'
import { isText } from '../../../kernel/text.js'
import { Customer } from './customer.entity.js'
import { CustomerStage } from './customerStage.js'

@InputType({ description: 'Narrows a list of customers; everything named must hold.' })
export class CustomerFilter {
  @Field(() => [ID], { nullable: true, description: 'These customers.' })
  ids?: string[] | null

  @Field(() => ID, { nullable: true, description: 'Customers this person cares for.' })
  ownerId?: string | null

  @Field(() => Boolean, { nullable: true, description: 'Customers nobody cares for (公海), or those somebody does.' })
  inPool?: boolean | null

  @Field(() => ID, { nullable: true, description: 'Customers of this team.' })
  teamId?: string | null

  @Field(() => [CustomerStage], { nullable: true, description: 'Customers at one of these stages.' })
  stage?: CustomerStage[] | null

  @Field(() => String, { nullable: true, description: 'Customers with exactly this tag.' })
  tag?: string | null

  @Field(() => String, { nullable: true, description: 'Customers from exactly this source.' })
  source?: string | null

  @Field(() => DateTime, { nullable: true, description: 'Customers changed at this moment or later.' })
  updatedSince?: Date | null

  @Field(() => String, { nullable: true, description: 'Part of the name; for those who may read names.' })
  nameContains?: string | null

  @Field(() => String, {
    nullable: true,
    description: 'Exactly four digits, within readable rows; audited and limited.',
  })
  phoneEndsWith?: string | null

  @Field(() => Boolean, { nullable: true, description: 'Customers who do not want to be called, or those who may be.' })
  doNotCall?: boolean | null

  @Field(() => Boolean, { nullable: true, defaultValue: false, description: 'Those put away instead of the others.' })
  archived?: boolean | null
}

export enum CustomerOrder {
  CREATED_ASC = 'CREATED_ASC',
  CREATED_DESC = 'CREATED_DESC',
  UPDATED_ASC = 'UPDATED_ASC',
  UPDATED_DESC = 'UPDATED_DESC',
  NAME_ASC = 'NAME_ASC',
}
registerEnumType(CustomerOrder, {
  name: 'CustomerOrder',
  description: 'What a list of customers is sorted by.',
  valuesConfig: {
    CREATED_ASC: { description: 'First known first.' },
    CREATED_DESC: { description: 'Last known first.' },
    UPDATED_ASC: { description: 'Longest unchanged first.' },
    UPDATED_DESC: { description: 'Last changed first.' },
    NAME_ASC: { description: 'By name; for those who may read names.' },
  },
})

export const customerOrders: Record<CustomerOrder, Order<Customer>> = {
  CREATED_ASC: { name: 'customer:created+', by: 'createdAt', direction: 'asc' },
  CREATED_DESC: { name: 'customer:created-', by: 'createdAt', direction: 'desc' },
  UPDATED_ASC: { name: 'customer:updated+', by: 'updatedAt', direction: 'asc' },
  UPDATED_DESC: { name: 'customer:updated-', by: 'updatedAt', direction: 'desc' },
  NAME_ASC: { name: 'customer:name+', by: 'nameSort', direction: 'asc' },
}

const SORTED_BY: Record<CustomerOrder, string> = {
  CREATED_ASC: 'createdAt',
  CREATED_DESC: 'createdAt',
  UPDATED_ASC: 'updatedAt',
  UPDATED_DESC: 'updatedAt',
  NAME_ASC: 'name',
}

/** Fields a question sorts or filters by: the answer holds only rows of which the viewer may read them all. */
export function askedBy(filter: CustomerFilter | null | undefined, order: CustomerOrder): string[] {
  const fields: [string, unknown][] = [
    ['name', filter?.nameContains],
    ['phone', filter?.phoneEndsWith],
    ['owner', filter?.ownerId ?? filter?.inPool],
    ['team', filter?.teamId],
    ['stage', filter?.stage],
    ['tags', filter?.tag],
    ['source', filter?.source],
    ['doNotCall', filter?.doNotCall],
    ['updatedAt', filter?.updatedSince],
    ['archivedAt', filter?.archived || null],
    [SORTED_BY[order], order],
  ]
  return [...new Set(fields.filter(([, value]) => value !== null && value !== undefined).map(([field]) => field))]
}

/** Three digits of any script, or part of an address: a search by them would find pasted numbers piece by piece. */
const LIKE_A_NUMBER = /(\p{Nd}.*){3}|[@＠]/su

/** C4: a value that may be seen masked only is not searched or sorted by. Throws FORBIDDEN, or BAD_USER_INPUT for a search that would be a back door. */
export function checkQuestion(ctx: HubContext, filter: CustomerFilter | null | undefined, order: CustomerOrder): void {
  const by = askedBy(filter, order)
  if (by.length > 0 && !ctx.mayAtAll('read', Customer, ...by)) {
    throw forbidden(`You may not search or sort by what you may not read: ${by.join(', ')}.`)
  }
  const { nameContains, phoneEndsWith, tag, source } = filter ?? {}
  for (const [field, text] of Object.entries({ nameContains, tag, source })) {
    if (text && (LIKE_A_NUMBER.test(text) || !isText(text))) {
      throw badInput(`filter.${field}`, 'Search here by words. A number is looked up by customersByPhone.')
    }
  }
  if (typeof phoneEndsWith === 'string' && !/^\d{4}$/.test(phoneEndsWith))
    throw badInput('filter.phoneEndsWith', 'Give exactly four digits.')
}

/** The filter as SQL over the alias `r`. */
export function customerCondition(ctx: HubContext, filter: CustomerFilter | null | undefined): RawBuilder<SqlBool> {
  const col = (property: keyof Customer) => column(ctx.em, Customer, property)
  const {
    ids,
    ownerId,
    inPool,
    teamId,
    stage,
    tag,
    source,
    updatedSince,
    nameContains,
    phoneEndsWith,
    doNotCall,
    archived,
  } = filter ?? {}
  const tests: RawBuilder<SqlBool>[] = [
    archived ? sql`${col('archivedAt')} is not null` : sql`${col('archivedAt')} is null`,
  ]
  if (ids) tests.push(sql`${col('id')} = any(${idList(ctx.em, Customer, 'id', ids)})`)
  if (ownerId) tests.push(sql`${col('ownerId')} = ${ownerId}`)
  if (typeof inPool === 'boolean')
    tests.push(inPool ? sql`${col('ownerId')} is null` : sql`${col('ownerId')} is not null`)
  if (teamId) tests.push(sql`${col('teamId')} = ${teamId}`)
  if (stage) tests.push(sql`${col('stage')} = any(${stage})`)
  if (tag) tests.push(sql`${col('tags')} @> array[${tag}]::text[]`)
  if (source) tests.push(sql`${col('source')} = ${source}`)
  if (updatedSince) tests.push(sql`${col('updatedAt')} >= ${updatedSince}`)
  if (nameContains) tests.push(sql`${col('name')} ilike ${`%${nameContains.replace(/[\\%_]/g, '\\$&')}%`}`)
  if (typeof doNotCall === 'boolean') tests.push(sql`${col('doNotCall')} = ${doNotCall}`)
  if (phoneEndsWith) {
    tests.push(
      sql`exists (select from crm.customer_phone p where p.customer_id = ${col('id')} and p.tail = ${phoneEndsWith})`,
    )
  }
  return sql<SqlBool>`(${sql.join(tests, sql` and `)})`
}
