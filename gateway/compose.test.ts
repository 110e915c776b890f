import { describe, expect, it } from 'vitest'
import { FEDERATION_LINK } from '../kernel/subgraph/federation.js'
import { apiSchemaSdl, CompositionError, composeSupergraph } from './compose.js'

const tea = {
  name: 'tea',
  sdl: `${FEDERATION_LINK}\ntype Query { tea: Tea }\ntype Tea @key(fields: "id") { id: ID! name: String }`,
}
const cups = {
  name: 'cups',
  sdl: `${FEDERATION_LINK}\ntype Tea @key(fields: "id") { id: ID! cups: Int secret: Int @inaccessible }`,
}

describe('Composition', () => {
  it('does not depend on the order of the subgraphs', () => {
    expect(composeSupergraph([tea, cups])).toBe(composeSupergraph([cups, tea]))
  })

  it('leaves out of the API schema what only the supergraph knows', () => {
    const api = apiSchemaSdl(composeSupergraph([tea, cups]))
    expect(api).toContain('cups: Int')
    for (const hidden of ['join__', '@link', 'secret', '_entities', '_service']) expect(api).not.toContain(hidden)
  })

  it('says every reason why subgraphs do not fit', () => {
    const odd = {
      name: 'odd',
      sdl: `${FEDERATION_LINK}\ntype Query { tea: Int }\ntype Tea @key(fields: "id") { id: ID! name: Int }`,
    }
    const compose = () => composeSupergraph([tea, odd])
    expect(compose).toThrow(CompositionError)
    expect(compose).toThrow(/Tea\.name/)
    expect(compose).toThrow(/Query\.tea/)
  })
})
