import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy'
import { Directive, Field, ID, Int, ObjectType } from 'type-graphql'
import { DateTime } from '../../../kernel/scalars.js'
import type { PhoneKind } from '../../../kernel/sensitive/index.js'
import type { CallFeedback, SaidFeedback } from './callFeedback.js'
import { CallDirection, CallOutcome, CallStatus } from './enums.js'
import type { StoredLeg } from './storedLeg.js'

const time = { type: 'datetime', columnType: 'timestamptz(3)' } as const

/** One call, whatever the number of its legs. Columns without a `@Field` are not part of the graph. */
@Entity({ schema: 'call', tableName: 'call' })
@ObjectType({ description: 'One phone call, whatever the number of its legs, queues and transfers.' })
@Directive('@key(fields: "id")')
@Directive('@row')
export class Call {
  @PrimaryKey({ type: 'uuid' })
  @Field(() => ID, { description: 'The id of the call in the hub.' })
  id!: string

  @Property({ type: 'integer', version: true })
  version!: number

  @Property({ type: 'text' })
  systemId!: string

  @Property({ type: 'text' })
  @Field(() => String, { nullable: true, description: 'The id the phone system gave the call.' })
  externalId!: string

  @Property({ type: 'text' })
  @Field(() => CallDirection, { nullable: true, description: 'Who called whom.' })
  direction!: CallDirection

  @Property({ type: 'text' })
  @Field(() => CallStatus, { nullable: true, description: 'Where the call stands now.' })
  status!: CallStatus

  @Property({ type: 'text', nullable: true })
  @Field(() => CallOutcome, { nullable: true, description: 'How it ended; null while it lives.' })
  outcome!: CallOutcome | null

  @Property({ type: 'text', nullable: true })
  @Field(() => String, { nullable: true, description: "Why it ended, in the phone system's own words or number." })
  @Directive('@freeText')
  hangupCause!: string | null

  @Property({ type: 'uuid', nullable: true })
  customerId!: string | null

  /** A link that a person chose stays when numbers change. */
  @Property({ type: 'text', nullable: true })
  linkedBy!: 'NUMBER' | 'PERSON' | null

  /** Owner of the customer, as rules need it. */
  @Property({ type: 'text', nullable: true })
  ownerId!: string | null

  @Property({ type: 'text', nullable: true })
  customerTeamId!: string | null

  /** Customers that have this number, while there are several and no one has chosen. */
  @Property({ type: 'uuid[]', columnType: 'uuid[]' })
  candidateIds!: string[]

  @Property({ type: 'text', nullable: true })
  agentId!: string | null

  /** Team of the agent (else of the queue) at that time; it does not move. */
  @Property({ type: 'text', nullable: true })
  teamId!: string | null

  @Property({ type: 'text', nullable: true })
  phoneMasked!: string | null

  @Property({ type: 'blob', nullable: true })
  phoneCipher!: Buffer | null

  @Property({ type: 'text', nullable: true })
  phoneIndex!: string | null

  @Property({ type: 'text', nullable: true })
  phoneKind!: PhoneKind | null

  @Property({ type: 'text', nullable: true })
  phoneRegion!: string | null

  @Property({ type: 'text', nullable: true })
  phoneCarrier!: string | null

  @Property({ type: 'text', nullable: true })
  @Field(() => String, { nullable: true, description: 'The queue it went through last.' })
  @Directive('@freeText')
  queue!: string | null

  @Property({ type: 'text', nullable: true })
  @Field(() => String, { nullable: true, description: 'The trunk or line it used. Administrators only; never synced.' })
  lineId!: string | null

  @Property({ ...time })
  @Field(() => DateTime, { nullable: true, description: 'When it began.' })
  startedAt!: Date

  @Property({ ...time, nullable: true })
  @Field(() => DateTime, { nullable: true, description: 'When it first rang at a person.' })
  ringingAt!: Date | null

  @Property({ ...time, nullable: true })
  @Field(() => DateTime, { nullable: true, description: 'When a person answered.' })
  answeredAt!: Date | null

  @Property({ ...time, nullable: true })
  @Field(() => DateTime, { nullable: true, description: 'When it was over.' })
  endedAt!: Date | null

  @Property({ type: 'integer', nullable: true })
  @Field(() => Int, { nullable: true, description: 'Whole seconds it rang before it was answered or over.' })
  ringSeconds!: number | null

  @Property({ type: 'integer', nullable: true })
  @Field(() => Int, { nullable: true, description: 'Whole seconds two people talked.' })
  talkSeconds!: number | null

  @Property({ type: 'integer', nullable: true })
  @Field(() => Int, { nullable: true, description: 'Whole seconds from start to end.' })
  durationSeconds!: number | null

  @Property({ type: 'text', nullable: true })
  @Field(() => String, {
    nullable: true,
    description: 'What the agent noted as its result, from the company’s own list.',
  })
  @Directive('@freeText')
  disposition!: string | null

  @Property({ type: 'boolean' })
  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether it is an inbound call that nobody answered, and nobody talked with that number since.',
  })
  needsCallback!: boolean

  /** Which kinds of event this call has had, so that each is told once. */
  @Property({ type: 'text[]', columnType: 'text[]' })
  milestones!: string[]

  @Property({ type: 'json', columnType: 'jsonb' })
  legs!: StoredLeg[]

  @Property({ type: 'json', columnType: 'jsonb' })
  feedback!: CallFeedback[]

  /** What people of the company said of it here. Apart from what the phone system tells, which is written anew with every event. */
  @Property({ type: 'json', columnType: 'jsonb' })
  said!: SaidFeedback[]

  /** Where the phone system keeps the recording. */
  @Property({ type: 'blob', nullable: true })
  recordingCipher!: Buffer | null

  @Property({ ...time })
  createdAt!: Date

  @Property({ ...time })
  updatedAt!: Date
}
