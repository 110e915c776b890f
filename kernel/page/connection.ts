import { type ClassType, Directive, Field, Int, ObjectType } from 'type-graphql'
import { Cursor } from '../scalars.js'

@ObjectType({ description: 'Where a page stands in its list.' })
@Directive('@shareable')
export class PageInfo {
  @Field(() => Boolean, { description: 'Whether there is more after this page.' })
  hasNextPage!: boolean

  @Field(() => Boolean, { description: 'Whether there is more before this page.' })
  hasPreviousPage!: boolean

  @Field(() => Cursor, { nullable: true, description: 'Cursor of the first row of the page.' })
  startCursor!: string | null

  @Field(() => Cursor, { nullable: true, description: 'Cursor of the last row of the page: ask for more after it.' })
  endCursor!: string | null
}

/** Totals are counted to this many at most. */
export const COUNT_CAP = 10_000

/** The classes `XEdge` and `XConnection` of a node type. */
export function connectionOf<T extends object>(node: ClassType<T>, name = node.name) {
  @ObjectType(`${name}Edge`, { description: `A ${name} and its place in the list.` })
  class Edge {
    @Field(() => Cursor, { description: 'Its place in the list.' })
    cursor!: string

    @Field(() => node, { nullable: true, description: `The ${name} itself.` })
    node!: T
  }

  @ObjectType(`${name}Connection`, { description: `A page of ${name} rows that the viewer may read.` })
  class NodeConnection {
    @Field(() => [Edge], { nullable: true, description: 'The rows, each with its cursor.' })
    edges!: Edge[]

    @Field(() => [node], { nullable: true, description: 'The rows alone.' })
    nodes!: T[]

    @Field(() => PageInfo, { description: 'Where this page stands in the list.' })
    pageInfo!: PageInfo

    @Field(() => Int, {
      nullable: true,
      description: 'How many there are, counted to 10,000 at most, of the rows the viewer may read.',
    })
    totalCount?: number

    @Field(() => Boolean, { nullable: true, description: 'Whether counting stopped at 10,000.' })
    totalIsCapped?: boolean
  }
  return { Edge, Connection: NodeConnection }
}
