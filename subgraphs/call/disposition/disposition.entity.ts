import { OptionalProps } from '@mikro-orm/core'
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy'
import { Directive, Field, ID, Int, ObjectType } from 'type-graphql'

/** One entry of the dictionary of results. A call keeps the name that it had when it was given. */
@Entity({ schema: 'call', tableName: 'disposition' })
@ObjectType({ description: 'A result that a call may be given, from the company’s own list.' })
@Directive('@row')
export class Disposition {
  [OptionalProps]?: 'version'

  @PrimaryKey({ type: 'text' })
  @Field(() => ID, { description: 'What it is chosen by.' })
  id!: string

  @Property({ type: 'integer', version: true })
  @Field(() => Int, { description: 'Grows with every change; say it when you change it.' })
  version!: number

  @Property({ type: 'text' })
  @Field(() => String, { description: 'What people call it; calls keep this word.' })
  name!: string

  @Property({ type: 'integer' })
  position!: number

  @Property({ type: 'boolean' })
  @Field(() => Boolean, { description: 'Whether it may still be chosen.' })
  active!: boolean
}
