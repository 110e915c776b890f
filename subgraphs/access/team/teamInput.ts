import { Field, ID, InputType, Int, ObjectType } from 'type-graphql'
import { Team } from './team.entity.js'

@InputType({ description: 'A team as it shall be.' })
export class TeamInput {
  @Field(() => ID, { description: 'Its id for life, such as `north`: letters, digits, dots, dashes.' })
  id!: string

  @Field(() => Int, { nullable: true, description: 'The version you have read; leave it out for a new team.' })
  version?: number | null

  @Field(() => String, { description: 'Its name.' })
  name!: string

  @Field(() => ID, { nullable: true, description: 'The team it is part of; null: none.' })
  parentId?: string | null

  @Field(() => [ID], {
    nullable: true,
    description: 'Supervisors besides those whose own team it is. Left out: as they are.',
  })
  supervisorIds?: string[] | null
}

@ObjectType({ description: 'The team after the change.' })
export class TeamPayload {
  @Field(() => Team, { nullable: true, description: 'The team as it stands now.' })
  team!: Team | null
}
