import fc from 'fast-check'
import { buildSchema, getOperationAST, parse } from 'graphql'
import { describe, expect, it } from 'vitest'
import { TestClock } from '../../kernel/clock.js'
import { aliasesOf } from './aliases.js'
import { costOf } from './cost.js'
import { dangerousAlias } from './dangerousAlias.js'
import { depthOf } from './depth.js'
import { directivesOf } from './directives.js'
import { tooMuch } from './documentLimits.js'
import { fieldsOf } from './fields.js'
import { jsonDepth } from './jsonDepth.js'
import { defaultLimits } from './limits.js'
import { largestPage, pageSizesOf } from './pageSizes.js'
import { rootFieldsOf } from './rootFields.js'
import { TokenBuckets } from './tokenBuckets.js'
import { widthOf } from './width.js'

/** A document of `n` fragments that would have 2^n fields written out. */
const explosive = (n: number): string => {
  const fragments = Array.from(
    { length: n },
    (_, i) => `fragment f${i} on Q { a { ...f${i + 1} } b: a { ...f${i + 1} } }`,
  )
  return `{ ...f0 } ${fragments.join(' ')} fragment f${n} on Q { x }`
}

describe('Depth', () => {
  it('counts nested fields, through fragments', () => {
    expect(depthOf(parse('{ a { b { c } } d }'))).toBe(3)
    expect(depthOf(parse('{ a { ...F } } fragment F on T { b { ... on U { c { d } } } }'))).toBe(4)
  })

  it('does not follow a fragment into itself', () => {
    expect(depthOf(parse('{ ...F } fragment F on T { a { ...F } }'))).toBe(1)
  })
})

describe('Fields', () => {
  it('are counted as if fragments were written out, without writing them out', () => {
    expect(fieldsOf(parse('{ ...F b: a { ...F } } fragment F on T { x y }'))).toBe(5)
    expect(fieldsOf(parse(explosive(60)))).toBeGreaterThan(1e15)
  })
})

describe('Root fields, aliases, directives, width', () => {
  const document = parse(
    '{ a: x @skip(if: false) b: x ... { c: x { d e f } } ...F } fragment F on Q { g @include(if: true) @skip(if: false) }',
  )
  it('are counted', () => {
    expect([rootFieldsOf(document), aliasesOf(document), directivesOf(document), widthOf(document)]).toEqual([
      4, 3, 3, 4,
    ])
  })
})

describe('Aliases', () => {
  it('may not be names that JavaScript objects have', () => {
    for (const alias of ['__proto__', 'constructor', 'toString', 'hasOwnProperty', '__typename']) {
      expect(dangerousAlias(parse(`{ ${alias}: me }`))).toBe(alias)
    }
    expect(dangerousAlias(parse('{ __typename mine: me }'))).toBeNull()
  })
})

describe('JSON depth', () => {
  it('is that of the parsed value, whatever stands in its strings', () => {
    const deep = (value: unknown): number =>
      typeof value === 'object' && value !== null
        ? 1 + Object.values(value).reduce((most: number, v) => Math.max(most, deep(v)), 0)
        : 0
    fc.assert(fc.property(fc.jsonValue({ maxDepth: 6 }), value => jsonDepth(JSON.stringify(value)) === deep(value)))
    fc.assert(fc.property(fc.string(), value => jsonDepth(JSON.stringify({ a: value })) === 1))
  })

  it('is measured without building anything, also of a broken text', () => {
    expect(jsonDepth('['.repeat(1_000_000))).toBe(1_000_000)
    expect(jsonDepth('"never ends [[[')).toBe(0)
  })
})

describe('Page sizes', () => {
  it('are found in the document, in defaults and in variables', () => {
    const sizes = pageSizesOf(parse('query ($n: Int, $m: Int = 70) { a(first: 5) { b(last: $n) { c(first: $m) } } }'))
    expect(largestPage(sizes, {})).toBe(70)
    expect(largestPage(sizes, { n: 500 })).toBe(500)
    expect(largestPage(sizes, { n: 'many', other: 900 })).toBe(70)
  })
})

describe('Cost', () => {
  const schema = buildSchema(`
    type Query { me: Person people(first: Int = 20): People }
    type People { edges: [Edge!] nodes: [Person!] }
    type Edge { node: Person }
    type Person { name: String tags: [String!] friends(first: Int = 20): People legs: [Leg!] boss: Person }
    type Leg { id: ID }
  `)
  const cost = (query: string, variables = {}) => {
    const document = parse(query)
    return costOf(schema, document, getOperationAST(document)!)(variables)
  }

  it('counts objects, not values', () => {
    expect(cost('{ me { name tags boss { name } } }')).toBe(2)
  })

  it('multiplies pages along their nesting, but not the lists of a connection again', () => {
    expect(cost('{ people(first: 3) { nodes { name } } }')).toBe(1 + 3)
    expect(cost('{ people(first: 3) { edges { node { name } } } }')).toBe(1 + 3 * 2)
    expect(cost('{ people(first: 10) { nodes { friends(first: 10) { nodes { name } } } } }')).toBe(
      1 + 10 * (1 + 1 + 10),
    )
    expect(cost('{ me { legs { id } } }')).toBe(1 + 10)
  })

  it('knows defaults and variables', () => {
    expect(cost('{ people { nodes { name } } }')).toBe(21)
    expect(cost('query ($n: Int) { people(first: $n) { nodes { name } } }', { n: 100 })).toBe(101)
    expect(cost('query ($n: Int) { people(first: $n) { nodes { name } } }')).toBe(21)
    expect(cost('query ($n: Int) { people(first: $n) { nodes { name } } }', { n: -5 })).toBe(1)
  })

  it('is found quickly even of fragments that would explode', () => {
    const boom = `{ me { ...f0 } } ${Array.from({ length: 60 }, (_, i) => `fragment f${i} on Person { a: boss { ...f${i + 1} } b: boss { ...f${i + 1} } }`).join(' ')} fragment f60 on Person { name }`
    expect(cost(boom)).toBeGreaterThan(1e15)
  })
})

describe('A document', () => {
  const refusal = (query: string) => tooMuch(parse(query), defaultLimits)?.message ?? null

  it('is taken as it is written by people', () => {
    expect(refusal('{ me { name } }')).toBeNull()
  })

  it.each([
    ['levels', '{ a '.repeat(50) + '}'.repeat(50)],
    ['root', `{ ${Array.from({ length: 21 }, () => 'x').join(' ')} }`],
    ['braces', `{ a { ${Array.from({ length: 300 }, () => 'x').join(' ')} } }`],
    ['fields', explosive(12)],
    ['aliases', `{ a { ${Array.from({ length: 51 }, (_, i) => `x${i}: x`).join(' ')} } }`],
    ['directives', `{ a ${'@skip(if: false) '.repeat(51)} }`],
    ['reserved', '{ __proto__: me }'],
  ])('is refused for too many or wrong %s', (what, query) => {
    expect(refusal(query)).toContain(what)
  })
})

describe('Requests per person', () => {
  it('come in a burst, then at their rate, each person for themselves', () => {
    const clock = new TestClock()
    const buckets = new TokenBuckets({ burst: 3, perSecond: 2 }, clock)
    expect([1, 2, 3, 4].map(() => buckets.take('a'))).toEqual([0, 0, 0, 1])
    expect(buckets.take('b')).toBe(0)
    clock.advance({ ms: 500 })
    expect([buckets.take('a'), buckets.take('a')]).toEqual([0, 1])
  })

  it('are forgotten once they are of no account', () => {
    const clock = new TestClock()
    const buckets = new TokenBuckets({ burst: 3, perSecond: 2 }, clock)
    for (let i = 0; i < 100; i++) buckets.take(`person ${i}`)
    buckets.runDue()
    expect(buckets.size).toBe(100)
    clock.advance({ seconds: 1 })
    buckets.runDue()
    expect(buckets.size).toBe(0)
  })
})
