import { Directive, Field, ID, ObjectType } from 'type-graphql'

/** Types of other subgraphs as the access subgraph names them. */

@ObjectType({ description: 'The golden record of one real person or company contact.' })
@Directive('@key(fields: "id")')
export class Customer {
  @Field(() => ID, { description: 'One id for life.' })
  id!: string
}
