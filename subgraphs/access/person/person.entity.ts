import { OptionalProps } from '@mikro-orm/core'
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy'
import { Directive, Field, ID, Int, ObjectType } from 'type-graphql'
import { Role } from '../../../kernel/ability/index.js'
import { PersonState } from './personState.js'

/** Who uses the hub. The same rows stand in the graph as `Agent`, which other subgraphs refer to. */
@Entity({ schema: 'access', tableName: 'person' })
@ObjectType({ description: 'Somebody who uses the hub, with their role and place in the company.' })
@Directive('@row')
export class Person {
  [OptionalProps]?: 'version'

  @PrimaryKey({ type: 'text' })
  @Field(() => ID, { description: 'Equal to the id of the Agent.' })
  id!: string

  @Property({ type: 'integer', version: true })
  @Field(() => Int, { description: 'Grows with every change; say it when you change the person.' })
  version!: number

  @Property({ type: 'text' })
  @Field(() => String, { nullable: true, description: 'Their name.' })
  name!: string

  @Property({ type: 'text' })
  @Field(() => Role, { nullable: true, description: 'What they do here; it decides what they may see and do.' })
  role!: Role

  @Property({ type: 'text', nullable: true })
  teamId!: string | null

  @Property({ type: 'text' })
  @Field(() => PersonState, { nullable: true, description: 'Whether they may use the hub.' })
  state!: PersonState

  @Property({ type: 'text', nullable: true })
  deputyId!: string | null
}
