import { parse, stripIgnoredCharacters } from 'graphql'
import { beforeAll, describe, expect, it } from 'vitest'
import { apiSchemaSdl, composeSupergraph } from '../../gateway/index.js'
import { openSupergraph, type RawResult, type Supergraph } from '../../gateway/supergraph/openSupergraph.js'
import { TestClock } from '../../kernel/clock.js'
import { createLog } from '../../kernel/log/index.js'
import type { Caller, Subgraph } from '../../kernel/subgraph/index.js'
import { inventorySubgraph, usersSubgraph } from './neighbours.js'
import { productsSubgraph } from './products.js'

const caller: Caller = { personId: 'jane', via: 'POST', requestId: 'r', lang: 'en' }

/**
 * What Apollo's subgraph compatibility suite (@apollo/federation-subgraph-compatibility-tests 1.2.1) asks of a subgraph, feature by
 * feature. Federated tracing (ftv1) is left out: the gateway does not speak it.
 */
describe("Apollo's subgraph compatibility", () => {
  let products: Subgraph
  let supergraphSdl: string
  let supergraph: Supergraph
  let sdl: string

  beforeAll(async () => {
    const log = createLog({ level: 'silent', clock: new TestClock() })
    const all = await Promise.all([productsSubgraph(log), usersSubgraph(log), inventorySubgraph(log)])
    products = all[0]
    supergraphSdl = composeSupergraph(all)
    supergraph = await openSupergraph(supergraphSdl, all)
    const { data } = await products.execute({ document: parse('{ _service { sdl } }'), caller: null })
    sdl = stripIgnoredCharacters((data as { _service: { sdl: string } })._service.sdl)
  })

  const direct = async (query: string, variables = {}) =>
    products.execute({ document: parse(query), variables, caller })
  const routed = async (query: string, variables = {}) =>
    (await supergraph.execute({ document: parse(query), variables, caller })) as RawResult
  const entity = async (representation: object, selection: string) => {
    const query = `query ($r: [_Any!]!) { _entities(representations: $r) { ${selection} } }`
    const { data, errors } = await direct(query, { r: [representation] })
    expect(errors).toBeUndefined()
    return (data as { _entities: unknown[] })._entities[0]
  }

  it('_service gives the SDL, with every type and field of the fixture', () => {
    for (const part of [
      'type Query{product(id:ID!):Product deprecatedProduct(sku:String!package:String!):DeprecatedProduct@deprecated(reason:"Use product query instead")}',
      'createdBy:User@provides(fields:"totalProductsCreated")',
      'research:[ProductResearch!]!',
      'averageProductsCreatedPerYear:Int@requires(fields:"totalProductsCreated yearsOfEmployment")',
      'email:ID!@external',
      'yearsOfEmployment:Int!@external',
    ]) {
      expect(sdl).toContain(part)
    }
  })

  it('@link: one federation version that every router knows, importing only what it has', () => {
    const links = sdl.match(/@link\(url:"https:\/\/specs\.apollo\.dev\/federation\/v2\.[0-3]" ?import:\[[^\]]*\]\)/g)
    expect(links).toHaveLength(1)
  })

  it('@key single', async () => {
    expect(sdl).toMatch(/type User@extends@key\(fields:"email"\)/)
    expect(
      await entity({ __typename: 'User', email: 'support@apollographql.com' }, '... on User { email name }'),
    ).toEqual({
      email: 'support@apollographql.com',
      name: 'Jane Smith',
    })
  })

  it('@key of several fields', async () => {
    expect(sdl).toMatch(/type DeprecatedProduct@key\(fields:"sku package"\)/)
    const reference = { __typename: 'DeprecatedProduct', sku: 'apollo-federation-v1', package: '@apollo/federation-v1' }
    expect(await entity(reference, '... on DeprecatedProduct { sku reason }')).toEqual({
      sku: 'apollo-federation-v1',
      reason: 'Migrate to Federation V2',
    })
  })

  it('@key of an object', async () => {
    expect(sdl).toMatch(/type ProductResearch@key\(fields:"study { caseNumber }"\)/)
    const reference = { __typename: 'ProductResearch', study: { caseNumber: '1234' } }
    expect(await entity(reference, '... on ProductResearch { study { caseNumber description } }')).toEqual({
      study: { caseNumber: '1234', description: 'Federation Study' },
    })
  })

  it('@key several times', async () => {
    for (const key of ['id', 'sku package', 'sku variation { id }']) {
      expect(sdl).toMatch(new RegExp(`type Product[^{]*@key\\(fields:"${key.replace(/[{}]/g, '\\$&')}"\\)`))
    }
    const selection = '... on Product { id sku }'
    expect(await entity({ __typename: 'Product', id: 'apollo-federation' }, selection)).toEqual({
      id: 'apollo-federation',
      sku: 'federation',
    })
    expect(
      await entity({ __typename: 'Product', sku: 'federation', package: '@apollo/federation' }, selection),
    ).toMatchObject({ id: 'apollo-federation' })
    expect(
      await entity({ __typename: 'Product', sku: 'studio', variation: { id: 'platform' } }, selection),
    ).toMatchObject({ id: 'apollo-studio' })
  })

  it('@requires: the gateway brings what the field needs from elsewhere', async () => {
    expect(
      await routed('{ product(id: "apollo-federation") { createdBy { averageProductsCreatedPerYear email } } }'),
    ).toEqual({
      data: { product: { createdBy: { averageProductsCreatedPerYear: 134, email: 'support@apollographql.com' } } },
    })
    expect(await routed('{ product(id: "apollo-federation") { delivery(zip: "1") { estimatedDelivery } } }')).toEqual({
      data: { product: { delivery: { estimatedDelivery: 'small 1 to 1' } } },
    })
  })

  it('@provides and @external: on that path the field needs nobody else', async () => {
    const { data, errors } = await direct(
      '{ product(id: "apollo-federation") { createdBy { email totalProductsCreated } } }',
    )
    expect(errors).toBeUndefined()
    expect(data).toEqual({ product: { createdBy: { email: 'support@apollographql.com', totalProductsCreated: 1337 } } })
  })

  it('@shareable', async () => {
    expect(sdl).toMatch(/type ProductDimension@shareable/)
    expect(await routed('{ product(id: "apollo-federation") { dimensions { size weight } } }')).toEqual({
      data: { product: { dimensions: { size: 'small', weight: 1 } } },
    })
  })

  it('@tag', () => {
    expect(sdl).toContain('@tag(name:"internal")')
    expect(sdl).not.toContain('@federation__tag')
  })

  it('@override: the field comes from here', async () => {
    expect(sdl).toContain('@override(from:"users")')
    expect(await routed('{ product(id: "apollo-federation") { createdBy { name } } }')).toEqual({
      data: { product: { createdBy: { name: 'Jane Smith' } } },
    })
  })

  it('@inaccessible: within, not at the gateway', async () => {
    expect(sdl).toContain('unit:String@inaccessible')
    const query = '{ product(id: "apollo-federation") { dimensions { unit } } }'
    expect((await direct(query)).data).toEqual({ product: { dimensions: { unit: 'kg' } } })
    expect(apiSchemaSdl(supergraphSdl)).not.toContain('unit')
  })

  it('@composeDirective: a directive of its own reaches the supergraph', () => {
    expect(sdl).toMatch(/extend schema.*@composeDirective\(name:"@custom"\)/)
    expect(sdl).toMatch(/directive@custom on OBJECT/)
    expect(sdl).toMatch(/type Product[^{]*@custom/)
    expect(stripIgnoredCharacters(supergraphSdl)).toMatch(/type Product[^{]*@custom/)
  })

  it('@interfaceObject: fields for all implementations at once', async () => {
    expect(sdl).toMatch(/type Inventory[^{]*@interfaceObject/)
    expect(sdl).toMatch(/type Inventory[^{]*@key\(fields:"id"\)/)
    expect(await routed('{ inventory(id: "apollo-oss") { deprecatedProducts { sku reason } } }')).toEqual({
      data: {
        inventory: { deprecatedProducts: [{ sku: 'apollo-federation-v1', reason: 'Migrate to Federation V2' }] },
      },
    })
  })
})
