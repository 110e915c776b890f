import { Field, ID, ObjectType } from 'type-graphql'
import { Role } from '../../../kernel/ability/index.js'

@ObjectType({ description: 'The viewer: who the hub takes you for.' })
export class Me {
  @Field(() => ID, { description: 'Your id as a Person and as an Agent.' })
  id!: string

  @Field(() => String, { description: 'Your name.' })
  name!: string

  @Field(() => Role, { description: 'Your role; it decides what you may see and do.' })
  role!: Role
}
