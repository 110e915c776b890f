import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy'
import type { PhoneKind } from '../../../kernel/sensitive/index.js'

/** A number of a customer: the one at position 0 is their `phone`, the others are `otherPhones`. */
@Entity({ schema: 'crm', tableName: 'customer_phone' })
export class CustomerPhone {
  @PrimaryKey({ type: 'uuid' })
  id!: string

  @Property({ type: 'uuid' })
  customerId!: string

  @Property({ type: 'integer' })
  position!: number

  @Property({ type: 'text' })
  kind!: PhoneKind

  @Property({ type: 'text' })
  masked!: string

  /** The last four digits, where the masked form shows them. */
  @Property({ type: 'text', nullable: true })
  tail!: string | null

  @Property({ type: 'blob', nullable: true })
  cipher!: Buffer | null

  /** As it was written. */
  @Property({ type: 'blob', nullable: true })
  rawCipher!: Buffer | null

  @Property({ type: 'text', nullable: true })
  index!: string | null

  @Property({ type: 'text', nullable: true })
  region!: string | null

  @Property({ type: 'text', nullable: true })
  carrier!: string | null

  @Property({ type: 'text', nullable: true })
  source!: string | null

  @Property({ type: 'datetime', columnType: 'timestamptz(3)' })
  createdAt!: Date
}
