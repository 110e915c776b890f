import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy'
import { Directive, Field, ID, ObjectType, registerEnumType } from 'type-graphql'
import { DateTime } from '../../../kernel/scalars.js'

export enum SystemKind {
  CALL = 'CALL',
  CRM = 'CRM',
  ERP = 'ERP',
  MARKETING = 'MARKETING',
}
registerEnumType(SystemKind, { name: 'SystemKind', description: 'What a connected system is for.' })

export enum SystemState {
  REHEARSING = 'REHEARSING',
  UP = 'UP',
  DEGRADED = 'DEGRADED',
  DOWN = 'DOWN',
  PAUSED = 'PAUSED',
}
registerEnumType(SystemState, {
  name: 'SystemState',
  description: 'How a connected system is doing.',
  valuesConfig: {
    REHEARSING: { description: 'Read and matched; nothing is written to it yet (彩排).' },
    UP: { description: 'Reachable and up to date.' },
    DEGRADED: {
      description: 'Reachable, with failures: a gap in its events could not be filled from its own records.',
    },
    DOWN: { description: 'Cannot be reached; what is meant for it waits.' },
    PAUSED: { description: 'Stopped by a person.' },
  },
})

@Entity({ schema: 'sync', tableName: 'system' })
@ObjectType({ description: 'A connected system (接入系统), reached through a connector.' })
@Directive('@key(fields: "id")')
@Directive('@row')
export class System {
  static readonly audited = false

  @PrimaryKey({ type: 'text' })
  @Field(() => ID, { description: 'The name it has in the configuration.' })
  id!: string

  @Property({ type: 'text' })
  @Field(() => String, { nullable: true, description: 'What people call it.' })
  name!: string

  @Property({ type: 'text' })
  @Field(() => SystemKind, { nullable: true, description: 'What it is for.' })
  kind!: SystemKind

  @Property({ type: 'text' })
  @Field(() => String, { nullable: true, description: 'The connector that speaks its protocol.' })
  connector!: string

  @Property({ type: 'text' })
  @Field(() => SystemState, { nullable: true, description: 'How it is doing.' })
  state!: SystemState

  @Property({ type: 'datetime', columnType: 'timestamptz(3)', nullable: true })
  @Field(() => DateTime, { nullable: true, description: 'When the hub last heard from it.' })
  lastSeenAt!: Date | null

  /** Until then everything it said over a connection of the hub's own is stored, or lies in a gap that is on record. */
  @Property({ type: 'datetime', columnType: 'timestamptz(3)', nullable: true })
  completeUntil!: Date | null

  /** Until then it could send its webhooks, or a gap is on record. */
  @Property({ type: 'datetime', columnType: 'timestamptz(3)', nullable: true })
  hooksUntil!: Date | null

  @Property({ type: 'text', nullable: true })
  @Field(() => String, { nullable: true, description: 'What went wrong last, while it does.' })
  @Directive('@freeText')
  lastError!: string | null
}
