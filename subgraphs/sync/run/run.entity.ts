import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy'
import { Directive, Field, Float, ID, Int, ObjectType, registerEnumType } from 'type-graphql'
import { DateTime } from '../../../kernel/scalars.js'

export enum RunState {
  RUNNING = 'RUNNING',
  DONE = 'DONE',
  FAILED = 'FAILED',
  CUT_SHORT = 'CUT_SHORT',
}
registerEnumType(RunState, {
  name: 'RunState',
  description: 'How a run of some length stands.',
  valuesConfig: {
    RUNNING: { description: 'Under way.' },
    DONE: { description: 'Came to its end.' },
    FAILED: { description: 'Stopped by an error; what it did stays.' },
    CUT_SHORT: { description: 'Stopped before its end, by a person or because its process ended; what it did stays.' },
  },
})

const time = { type: 'datetime', columnType: 'timestamptz(3)' } as const

/** Long work on a System's records: an import, a back-fill. */
@Entity({ schema: 'sync', tableName: 'run' })
@ObjectType({ description: 'Long work on the records of a system: an import, a back-fill.' })
@Directive('@row')
export class SyncRun {
  static readonly audited = false

  @PrimaryKey({ type: 'uuid' })
  @Field(() => ID, { description: 'The id of the run.' })
  id!: string

  @Property({ type: 'text' })
  systemId!: string

  @Property({ type: 'text' })
  @Field(() => String, {
    nullable: true,
    description: 'What sort of run it is, such as `import.customers`, `backfill`.',
  })
  name!: string

  @Property({ type: 'text' })
  @Field(() => RunState, { nullable: true, description: 'How it stands.' })
  state!: RunState

  @Property({ type: 'double', nullable: true })
  @Field(() => Float, { nullable: true, description: 'How far it has come, from 0 to 1; null where nobody can tell.' })
  progress!: number | null

  @Property({ type: 'integer' })
  @Field(() => Int, { nullable: true, description: 'Records it has read.' })
  records!: number

  @Property({ type: 'integer' })
  @Field(() => Int, { nullable: true, description: 'Records by which something changed.' })
  changed!: number

  @Property({ type: 'integer' })
  @Field(() => Int, { nullable: true, description: 'Records that could not be taken.' })
  rejected!: number

  @Property({ ...time })
  @Field(() => DateTime, { nullable: true, description: 'When it began.' })
  startedAt!: Date

  /** When its process last said that it goes on: one that fell silent was cut short. */
  @Property({ ...time })
  heardAt!: Date

  @Property({ ...time, nullable: true })
  @Field(() => DateTime, { nullable: true, description: 'When it ended.' })
  endedAt!: Date | null

  @Property({ type: 'text', nullable: true })
  @Field(() => String, { nullable: true, description: 'Why it failed, and what to do.' })
  @Directive('@freeText')
  error!: string | null

  /** What it works on (digest of a file, a span): the same work is found again by it. Never a personal value. */
  @Property({ type: 'text', nullable: true })
  subject!: string | null

  /** How far it has come in its own terms, so that it can go on from there. Never a personal value. */
  @Property({ type: 'json', columnType: 'jsonb', nullable: true })
  mark!: unknown
}
