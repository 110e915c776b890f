import {
  Arg,
  Directive,
  Field,
  FieldResolver,
  Float,
  ID,
  Int,
  InterfaceType,
  ObjectType,
  Query,
  Resolver,
  Root,
} from 'type-graphql'
import type { Log } from '../../kernel/log/index.js'
import { defineSubgraph, type Subgraph } from '../../kernel/subgraph/index.js'

/** The two subgraphs beside "products" in Apollo's compatibility suite. */

@ObjectType()
@Directive('@key(fields: "email")')
class User {
  @Field(() => ID)
  email!: string
  @Field(() => String, { nullable: true })
  name!: string
  @Field(() => Int, { nullable: true })
  @Directive('@shareable')
  totalProductsCreated!: number
  @Field(() => Int)
  yearsOfEmployment!: number
}

@ObjectType()
@Directive('@shareable')
class ProductDimension {
  @Field(() => String, { nullable: true })
  size!: string
  @Field(() => Float, { nullable: true })
  weight!: number
}

@ObjectType()
class DeliveryEstimates {
  @Field(() => String, { nullable: true })
  estimatedDelivery!: string
  @Field(() => String, { nullable: true })
  fastestDelivery!: string
}

@ObjectType()
@Directive('@key(fields: "id")')
class Product {
  @Field(() => ID)
  id!: string
  @Field(() => ProductDimension, { nullable: true })
  @Directive('@external')
  dimensions!: ProductDimension
}

@InterfaceType({ resolveType: () => 'OpenSourceInventory' })
@Directive('@key(fields: "id")')
abstract class Inventory {
  @Field(() => ID)
  id!: string
  @Field(() => [Product])
  products!: Product[]
}

@ObjectType({ implements: Inventory })
@Directive('@key(fields: "id")')
class OpenSourceInventory extends Inventory {}

@Resolver(() => Product)
class ProductResolver {
  @FieldResolver(() => DeliveryEstimates, { nullable: true })
  @Directive('@requires(fields: "dimensions { size weight }")')
  delivery(
    @Root() { dimensions }: Product,
    @Arg('zip', () => String, { nullable: true }) zip: string | null,
  ): DeliveryEstimates {
    return { estimatedDelivery: `${dimensions.size} ${dimensions.weight} to ${zip}`, fastestDelivery: 'tomorrow' }
  }

  @Query(() => Inventory, { nullable: true })
  inventory(@Arg('id', () => ID) id: string): object {
    return { id, products: [{ id: 'apollo-federation' }] }
  }
}

@Resolver()
class NoQueries {}

const common = { guard: <S>(schema: S) => schema, contextFor: async () => ({}) }

export const usersSubgraph = (log: Log): Promise<Subgraph> =>
  defineSubgraph<object>({
    name: 'users',
    resolvers: [NoQueries],
    orphanedTypes: [User],
    referenceResolvers: {
      User: async ({ email }: User) => ({ email, name: 'Not Jane', totalProductsCreated: 1337, yearsOfEmployment: 10 }),
    },
    log,
    ...common,
  })

export const inventorySubgraph = (log: Log): Promise<Subgraph> =>
  defineSubgraph<object>({
    name: 'inventory',
    resolvers: [ProductResolver],
    orphanedTypes: [OpenSourceInventory],
    referenceResolvers: {
      Product: async (reference: Product) => ({ ...reference }),
      OpenSourceInventory: async ({ id }: Inventory) => ({ id, products: [{ id: 'apollo-federation' }] }),
      Inventory: async ({ id }: Inventory) => ({
        __typename: 'OpenSourceInventory',
        id,
        products: [{ id: 'apollo-federation' }],
      }),
    },
    log,
    ...common,
  })
