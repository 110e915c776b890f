import { Field, ID, InputType, Int, ObjectType } from 'type-graphql'
import { Disposition } from './disposition.entity.js'

@InputType({ description: 'A result as it shall stand in the list.' })
export class DispositionInput {
  @Field(() => ID, { description: 'What it is chosen by: letters, digits, dots, dashes, underscores.' })
  id!: string

  @Field(() => Int, { nullable: true, description: 'The version you have read; leave it out for a new one.' })
  version?: number | null

  @Field(() => String, { description: 'What people call it, 100 characters at most.' })
  name!: string

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether it may be chosen. Left out: as it is, true for a new one.',
  })
  active?: boolean | null
}

@ObjectType({ description: 'The result after the change.' })
export class DispositionPayload {
  @Field(() => Disposition, { nullable: true, description: 'The result as it stands now.' })
  disposition!: Disposition | null
}
