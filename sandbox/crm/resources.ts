import { z } from 'zod'
import { stages } from '../book/words.js'

export type ResourceName = 'customers' | 'deals' | 'follow-ups' | 'users'

/** What every record carries beside its own fields. Times are ISO 8601 in UTC. */
export interface CrmRecord {
  id: string
  /** 1 when created, one more with every change. */
  version: number
  createdAt: string
  /** Rises with every change in the whole CRM: never the same twice, so that an incremental pull misses nothing. */
  modifiedAt: string
  [field: string]: unknown
}

export interface Resource {
  name: ResourceName
  /** Name of one of them in webhooks. */
  type: 'customer' | 'deal' | 'followUp' | 'user'
  prefix: string
  /** The fields that may be written; null clears where it is allowed. */
  fields: z.ZodObject
  /** Fields that name a record of another kind. */
  references: Readonly<Record<string, ResourceName>>
}

const text = (max: number) => z.string().trim().min(1).max(max)
const money = z.string().regex(/^\d{1,12}(\.\d{1,2})?$/)
const time = z.iso.datetime({ offset: true }).transform(value => new Date(value).toISOString())

/** The CRM has its own words for stages. */
const stageWords = Object.values(stages).map(({ label }) => label)

const customer = z.strictObject({
  name: text(100),
  phone: text(40).nullable().default(null),
  otherPhones: z.array(text(40)).max(10).default([]),
  email: text(200).nullable().default(null),
  address: text(300).nullable().default(null),
  company: text(200).nullable().default(null),
  stage: z.enum(stageWords).default(stages.LEAD.label),
  source: text(50).nullable().default(null),
  tags: z.array(text(30)).max(30).default([]),
  doNotCall: z.boolean().default(false),
  ownerId: z.string().nullable().default(null),
})

const deal = z.strictObject({
  customerId: z.string(),
  orderNo: text(40),
  title: text(200),
  amount: money,
  cost: money.nullable().default(null),
  currency: z.literal('CNY').default('CNY'),
  stage: z.enum(['OPEN', 'WON', 'LOST']).default('OPEN'),
  closedAt: time.nullable().default(null),
})

const followUp = z.strictObject({
  customerId: z.string(),
  authorId: z.string().nullable().default(null),
  channel: z.enum(['PHONE', 'VISIT', 'EMAIL', 'CHAT', 'OTHER']).default('PHONE'),
  note: text(4000),
  dueAt: time.nullable().default(null),
  doneAt: time.nullable().default(null),
})

const user = z.strictObject({
  name: text(100),
  extension: text(10).nullable().default(null),
  team: text(50).nullable().default(null),
  active: z.boolean().default(true),
})

export const resources: readonly Resource[] = [
  { name: 'customers', type: 'customer', prefix: 'cus', fields: customer, references: { ownerId: 'users' } },
  { name: 'deals', type: 'deal', prefix: 'deal', fields: deal, references: { customerId: 'customers' } },
  {
    name: 'follow-ups',
    type: 'followUp',
    prefix: 'fu',
    fields: followUp,
    references: { customerId: 'customers', authorId: 'users' },
  },
  { name: 'users', type: 'user', prefix: 'user', fields: user, references: {} },
]
