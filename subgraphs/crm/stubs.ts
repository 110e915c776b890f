import { Directive, Field, ID, ObjectType } from 'type-graphql'

/** Types of other subgraphs as the crm subgraph names them. */

@ObjectType({ description: 'A person who works with customers.' })
@Directive('@key(fields: "id", resolvable: false)')
export class Agent {
  @Field(() => ID, { description: 'Equal to the id of the Person.' })
  id!: string
}

@ObjectType({ description: 'A team; teams nest.' })
@Directive('@key(fields: "id", resolvable: false)')
export class Team {
  @Field(() => ID, { description: 'The id of the team.' })
  id!: string
}

@ObjectType({ description: 'One phone call, whatever the number of its legs, queues and transfers.' })
@Directive('@key(fields: "id", resolvable: false)')
export class Call {
  @Field(() => ID, { description: 'The id of the call in the hub.' })
  id!: string
}
