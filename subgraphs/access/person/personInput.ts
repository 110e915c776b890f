import { Field, ID, InputType, Int, ObjectType } from 'type-graphql'
import { Role } from '../../../kernel/ability/index.js'
import { Person } from './person.entity.js'
import { PersonState } from './personState.js'

@InputType({ description: 'Who a token speaks of.' })
export class IdentityInput {
  @Field(() => String, { description: 'The issuer of the token (`iss`).' })
  issuer!: string

  @Field(() => String, { description: 'The subject of the token (`sub`).' })
  subject!: string
}

@InputType({ description: 'A person as they shall be.' })
export class PersonInput {
  @Field(() => ID, { description: 'Their id for life: letters, digits, dots, dashes.' })
  id!: string

  @Field(() => Int, { nullable: true, description: 'The version you have read; leave it out for a new person.' })
  version?: number | null

  @Field(() => String, { description: 'Their name.' })
  name!: string

  @Field(() => Role, { description: 'What they do here.' })
  role!: Role

  @Field(() => ID, { nullable: true, description: 'Their team; null: none.' })
  teamId?: string | null

  @Field(() => ID, { nullable: true, description: 'Who stands in for them; null: nobody.' })
  deputyId?: string | null

  @Field(() => PersonState, {
    nullable: true,
    description:
      'Whether they may use the hub. Left out: as it is, ACTIVE for a new person. LEFT ends their extensions.',
  })
  state?: PersonState | null

  @Field(() => [String], {
    nullable: true,
    description: 'The extensions they have from now on; others lose them. Left out: as they are.',
  })
  extensions?: string[] | null

  @Field(() => [IdentityInput], {
    nullable: true,
    description: 'Who they are in tokens, besides identities they already have.',
  })
  identities?: IdentityInput[] | null
}

@ObjectType({ description: 'The person after the change.' })
export class PersonPayload {
  @Field(() => Person, { nullable: true, description: 'The person as they stand now.' })
  person!: Person | null
}
