import { Directive, Field, ID, ObjectType } from 'type-graphql'

/** Types of other subgraphs as the sync subgraph names them. */

@ObjectType({ description: 'A person who works with customers.' })
@Directive('@key(fields: "id", resolvable: false)')
export class Agent {
  @Field(() => ID, { description: 'Equal to the id of the Person.' })
  id!: string
}
