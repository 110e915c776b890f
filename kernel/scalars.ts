import { GraphQLScalarType, Kind } from 'graphql'
import { GraphQLBigInt, GraphQLJSON, GraphQLLocalDate } from 'graphql-scalars'
import { badInput } from './errors.js'

/** As PostgreSQL writes moments in UTC. Lists are full of them. */
const STORED = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?:\.(\d{1,3}))?\+00$/

/** Scalars of the graph, one of each for all subgraphs. type-graphql's own date is called `DateTimeISO`, so this one is ours. */
export const DateTime = new GraphQLScalarType<Date, string>({
  name: 'DateTime',
  description: 'A moment in UTC, ISO 8601 with milliseconds: `2026-11-23T02:00:00.000Z`.',
  serialize: value => {
    const stored = typeof value === 'string' ? STORED.exec(value) : null
    if (stored) return `${stored[1]}T${stored[2]}.${(stored[3] ?? '').padEnd(3, '0')}Z`
    const date = value instanceof Date ? value : new Date(String(value))
    if (Number.isNaN(date.getTime())) throw new Error('not a moment')
    return date.toISOString()
  },
  parseValue: value => parseMoment(value),
  parseLiteral: node => parseMoment(node.kind === Kind.STRING ? node.value : undefined),
})

/** A zone is demanded: a local time would mean another moment on another machine. */
const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/

function parseMoment(value: unknown): Date {
  const date = typeof value === 'string' && MOMENT.test(value) ? new Date(value) : null
  if (!date || Number.isNaN(date.getTime())) {
    throw badInput('DateTime', 'A moment is written like 2026-11-23T02:00:00Z, with its zone.')
  }
  return date
}

const text = (name: string, description: string, pattern: RegExp, say: string) => {
  const parse = (value: unknown): string => {
    if (typeof value !== 'string' || !pattern.test(value)) throw badInput(name, say)
    return value
  }
  return new GraphQLScalarType<string, string>({
    name,
    description,
    serialize: value => String(value),
    parseValue: parse,
    parseLiteral: node =>
      parse(node.kind === Kind.STRING || node.kind === Kind.INT || node.kind === Kind.FLOAT ? node.value : null),
  })
}

export const Decimal = text(
  'Decimal',
  'An exact decimal number, as text: `"1288.00"`.',
  /^-?\d{1,30}(\.\d{1,10})?$/,
  'A decimal is written as text, like "1288.00".',
)

export const Cursor = text(
  'Cursor',
  'A place in a list or a stream. Opaque and encrypted: hand it back as it came.',
  /^[\w-]{1,2000}$/,
  'A cursor is taken as it came from an earlier answer.',
)

export { GraphQLBigInt as BigIntScalar, GraphQLJSON as JsonScalar, GraphQLLocalDate as DateScalar }
