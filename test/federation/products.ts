import { DirectiveLocation, GraphQLDirective } from 'graphql'
import { Arg, Directive, Field, FieldResolver, Float, ID, Int, ObjectType, Query, Resolver, Root } from 'type-graphql'
import type { Log } from '../../kernel/log/index.js'
import { FEDERATION_LINK } from '../../kernel/subgraph/federation.js'
import { defineSubgraph, type Subgraph } from '../../kernel/subgraph/index.js'

/** The "products" subgraph that Apollo's compatibility suite asks every implementation for, on `defineSubgraph`. */

@ObjectType()
class ProductVariation {
  @Field(() => ID)
  id!: string
}

@ObjectType()
@Directive('@shareable')
class ProductDimension {
  @Field(() => String, { nullable: true })
  size!: string
  @Field(() => Float, { nullable: true })
  weight!: number
  @Field(() => String, { nullable: true })
  @Directive('@inaccessible')
  unit!: string
}

@ObjectType()
class CaseStudy {
  @Field(() => ID)
  caseNumber!: string
  @Field(() => String, { nullable: true })
  description!: string
}

@ObjectType()
@Directive('@key(fields: "study { caseNumber }")')
class ProductResearch {
  @Field(() => CaseStudy)
  study!: CaseStudy
  @Field(() => String, { nullable: true })
  outcome!: string | null
}

@ObjectType()
@Directive('@extends')
@Directive('@key(fields: "email")')
class User {
  @Field(() => ID)
  @Directive('@external')
  email!: string
  @Field(() => String, { nullable: true })
  @Directive('@override(from: "users")')
  name!: string
  @Field(() => Int, { nullable: true })
  @Directive('@external')
  totalProductsCreated!: number
  @Field(() => Int)
  @Directive('@external')
  yearsOfEmployment!: number
}

@ObjectType()
@Directive('@key(fields: "sku package")')
class DeprecatedProduct {
  @Field(() => String)
  sku!: string
  @Field(() => String)
  package!: string
  @Field(() => String, { nullable: true })
  reason!: string
  @Field(() => User, { nullable: true })
  createdBy!: User
}

@ObjectType()
@Directive('@custom')
@Directive('@key(fields: "id")')
@Directive('@key(fields: "sku package")')
@Directive('@key(fields: "sku variation { id }")')
class Product {
  @Field(() => ID)
  id!: string
  @Field(() => String, { nullable: true })
  sku!: string
  @Field(() => String, { nullable: true })
  package!: string
  @Field(() => ProductVariation, { nullable: true })
  variation!: ProductVariation
  @Field(() => ProductDimension, { nullable: true })
  dimensions!: ProductDimension
  @Field(() => User, { nullable: true })
  @Directive('@provides(fields: "totalProductsCreated")')
  createdBy!: User
  @Field(() => String, { nullable: true })
  @Directive('@tag(name: "internal")')
  notes!: string | null
  @Field(() => [ProductResearch])
  research!: ProductResearch[]
}

@ObjectType()
@Directive('@interfaceObject')
@Directive('@key(fields: "id")')
class Inventory {
  @Field(() => ID)
  id!: string
  @Field(() => [DeprecatedProduct])
  deprecatedProducts!: DeprecatedProduct[]
}

const jane = {
  email: 'support@apollographql.com',
  name: 'Jane Smith',
  totalProductsCreated: 1337,
  yearsOfEmployment: 10,
}
const dimensions: ProductDimension = { size: 'small', weight: 1, unit: 'kg' }
const studies: ProductResearch[] = [
  { study: { caseNumber: '1234', description: 'Federation Study' }, outcome: null },
  { study: { caseNumber: '1235', description: 'Studio Study' }, outcome: null },
]
const products: Product[] = [
  { id: 'apollo-federation', package: '@apollo/federation', sku: 'federation', variation: { id: 'OSS' }, at: 0 },
  { id: 'apollo-studio', package: '', sku: 'studio', variation: { id: 'platform' }, at: 1 },
].map(({ at, ...product }) => ({ ...product, dimensions, createdBy: jane, notes: null, research: [studies[at]!] }))
const deprecated: DeprecatedProduct = {
  sku: 'apollo-federation-v1',
  package: '@apollo/federation-v1',
  reason: 'Migrate to Federation V2',
  createdBy: jane,
}

@Resolver(() => Product)
class ProductResolver {
  @Query(() => Product, { nullable: true })
  product(@Arg('id', () => ID) id: string): Product | null {
    return products.find(product => product.id === id) ?? null
  }

  @Query(() => DeprecatedProduct, { nullable: true, deprecationReason: 'Use product query instead' })
  deprecatedProduct(@Arg('sku', () => String) sku: string, @Arg('package', () => String) name: string) {
    return sku === deprecated.sku && name === deprecated.package ? deprecated : null
  }
}

@Resolver(() => User)
class UserResolver {
  @FieldResolver(() => Int, { nullable: true })
  @Directive('@requires(fields: "totalProductsCreated yearsOfEmployment")')
  averageProductsCreatedPerYear(@Root() { totalProductsCreated, yearsOfEmployment }: User): number {
    return Math.round(totalProductsCreated / yearsOfEmployment)
  }
}

const custom = new GraphQLDirective({ name: 'custom', locations: [DirectiveLocation.OBJECT] })

export const productsSubgraph = (log: Log): Promise<Subgraph> =>
  defineSubgraph<object>({
    name: 'products',
    header: `${FEDERATION_LINK}
extend schema
  @link(url: "https://myspecs.dev/myCustomDirective/v1.0", import: ["@custom"])
  @composeDirective(name: "@custom")`,
    resolvers: [ProductResolver, UserResolver],
    orphanedTypes: [Inventory],
    directives: [custom],
    referenceResolvers: {
      Product: async (reference: Partial<Product>) =>
        products.find(({ id, sku, package: name, variation }) =>
          reference.id
            ? id === reference.id
            : sku === reference.sku &&
              (reference.package ? name === reference.package : variation.id === reference.variation?.id),
        ) ?? null,
      DeprecatedProduct: async ({ sku }: DeprecatedProduct) => (sku === deprecated.sku ? deprecated : null),
      ProductResearch: async ({ study }: ProductResearch) =>
        studies.find(one => one.study.caseNumber === study.caseNumber) ?? null,
      User: async (reference: User) => ({ ...jane, ...reference, name: jane.name }),
      Inventory: async ({ id }: Inventory) => ({ id, deprecatedProducts: [deprecated] }),
    },
    guard: schema => schema,
    contextFor: async () => ({}),
    log,
  })
