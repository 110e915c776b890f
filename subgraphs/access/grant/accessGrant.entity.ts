import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy'
import { Directive, Field, ID, ObjectType } from 'type-graphql'
import type { Rule } from '../../../kernel/ability/index.js'
import { DateTime } from '../../../kernel/scalars.js'

const time = { type: 'datetime', columnType: 'timestamptz(3)' } as const

/** A widening of one person's permissions for a time. What it opens stands in it as rules and does not grow afterwards. */
@Entity({ schema: 'access', tableName: 'access_grant' })
@ObjectType({ description: 'A temporary widening of what one person may see (临时授权).' })
@Directive('@row')
export class AccessGrant {
  /** Grants are entered in the audit as permissions, by those who open and end them. */
  static readonly audited = false

  @PrimaryKey({ type: 'uuid' })
  @Field(() => ID, { description: 'The id of the grant; audit entries of readings under it name it.' })
  id!: string

  @Property({ type: 'text' })
  personId!: string

  /** The person's team, as rules need it. */
  @Property({ type: 'text', nullable: true })
  teamId!: string | null

  @Property({ type: 'boolean' })
  @Field(() => Boolean, { description: 'Whether a ringing call opened it, without anybody asking.' })
  automatic!: boolean

  @Property({ type: 'uuid', nullable: true })
  callId!: string | null

  @Property({ type: 'json', columnType: 'jsonb' })
  rules!: Rule[]

  @Property({ type: 'uuid[]', columnType: 'uuid[]' })
  customerIds!: string[]

  @Property({ ...time })
  @Field(() => DateTime, { description: 'When it began.' })
  startsAt!: Date

  @Property({ ...time })
  @Field(() => DateTime, { description: 'When it ends by itself. Of a call that lives: at the latest.' })
  endsAt!: Date

  @Property({ ...time, nullable: true })
  @Field(() => DateTime, { nullable: true, description: 'When it was ended before its time; null if it was not.' })
  endedAt!: Date | null

  @Property({ type: 'text', nullable: true })
  endedById!: string | null
}
