import { Directive, Field, ID, ObjectType } from 'type-graphql'

/** Types of other subgraphs as the call subgraph names them. */

@ObjectType({ description: 'The golden record of one real person or company contact.' })
@Directive('@key(fields: "id")')
export class Customer {
  @Field(() => ID, { description: 'One id for life.' })
  id!: string
}

@ObjectType({ description: 'A person who works with customers.' })
@Directive('@key(fields: "id")')
export class Agent {
  @Field(() => ID, { description: 'Equal to the id of the Person.' })
  id!: string
}

@ObjectType({ description: 'A connected system.' })
@Directive('@key(fields: "id", resolvable: false)')
export class System {
  @Field(() => ID, { description: 'The name it has in the configuration.' })
  id!: string
}
