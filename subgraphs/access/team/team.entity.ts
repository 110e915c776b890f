import { OptionalProps } from '@mikro-orm/core'
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy'
import { Directive, Field, ID, Int, ObjectType } from 'type-graphql'

@Entity({ schema: 'access', tableName: 'team' })
@ObjectType({ description: 'A team. Teams nest; a supervisor sees their whole subtree.' })
@Directive('@key(fields: "id")')
@Directive('@row')
export class Team {
  [OptionalProps]?: 'version'

  @PrimaryKey({ type: 'text' })
  @Field(() => ID, { description: 'The id of the team.' })
  id!: string

  @Property({ type: 'integer', version: true })
  @Field(() => Int, { description: 'Grows with every change; say it when you change the team.' })
  version!: number

  @Property({ type: 'text' })
  @Field(() => String, { description: 'Its name. Whoever may see the team may read it.' })
  name!: string

  @Property({ type: 'text', nullable: true })
  parentId!: string | null
}
