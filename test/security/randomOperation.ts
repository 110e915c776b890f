import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  isUnionType,
} from 'graphql'

/** What random operations are made of. */
export interface Material {
  schema: GraphQLSchema
  /** A number from 0 to 1, 1 excluded. */
  random(): number
  ids: readonly string[]
  texts: readonly string[]
  /** Cursors of earlier answers, other people's too. */
  cursors: readonly string[]
  /** Fields that are always selected, and arguments that are always given, by name; the rest are drawn. */
  always?: RegExp
  /** Fields whose names match are left out, such as mutations that would end the run. */
  without?: RegExp
}

const pick = <T>({ random }: Material, from: readonly T[]): T => from[Math.floor(random() * from.length)]!

export type Kind = 'query' | 'mutation' | 'subscription'

/** A random operation that is valid against the schema: any fields, any arguments, some levels deep. */
export function randomOperation(material: Material, kind: Kind = 'query', depth = 4): string {
  const { schema } = material
  const roots = {
    query: schema.getQueryType(),
    mutation: schema.getMutationType(),
    subscription: schema.getSubscriptionType(),
  }
  const fields = Object.values(roots[kind]!.getFields()).filter(({ name }) => !material.without?.test(name))
  const chosen = kind === 'query' ? [pick(material, fields), pick(material, fields)] : [pick(material, fields)]
  return `${kind} { ${chosen.map((field, i) => `r${i}: ${render(material, field, depth)}`).join(' ')} }`
}

const isGiven = ({ always }: Material, name: string): boolean => name === 'first' || always?.test(name) === true

function render(material: Material, field: GraphQLField<unknown, unknown>, depth: number): string | null {
  const args = field.args
    .filter(arg => isNonNullType(arg.type) || isGiven(material, arg.name) || material.random() < 0.2)
    .map(arg => argument(material, arg))
  const head = args.length > 0 ? `${field.name}(${args.join(', ')})` : field.name
  const type = getNamedType(field.type)
  if (!isObjectType(type) && !isInterfaceType(type) && !isUnionType(type)) return head
  if (depth === 0 || isUnionType(type)) return isUnionType(type) ? null : `${head} { __typename }`
  return `${head} { ${selection(material, type as GraphQLObjectType, depth - 1)} }`
}

function selection(material: Material, type: GraphQLObjectType, depth: number): string {
  const fields = Object.values(type.getFields())
  // Connections are walked through, so that depth is spent on rows.
  const wanted = fields.filter(
    ({ name }) => /^(nodes|edges|node)$/.test(name) || material.always?.test(name) || material.random() < 0.6,
  )
  const parts = wanted.map(field =>
    render(material, field, /^(nodes|edges|node)$/.test(field.name) ? Math.max(depth, 1) : depth),
  )
  return ['__typename', ...parts.filter(part => part !== null)].join(' ')
}

const argument = (material: Material, { name, type }: GraphQLArgument): string =>
  `${name}: ${value(material, type, name, 2)}`

function value(material: Material, type: GraphQLInputType, name: string, depth: number): string {
  const { random } = material
  if (!isNonNullType(type) && !isGiven(material, name) && random() < 0.1) return 'null'
  const plain = getNullableType(type)
  if (isListType(plain)) return `[${value(material, plain.ofType, name, depth)}]`
  if (isEnumType(plain)) return pick(material, plain.getValues()).name
  if (isInputObjectType(plain)) {
    const fields = Object.values(plain.getFields()).filter(
      field => isNonNullType(field.type) || (depth > 0 && random() < 0.3),
    )
    return `{${fields.map(field => `${field.name}: ${value(material, field.type, field.name, depth - 1)}`).join(', ')}}`
  }
  switch (plain.name) {
    case 'Int':
      return String(pick(material, [1, 2, 2, 3, 20]))
    case 'Float':
      return '1.5'
    case 'Boolean':
      return String(random() < 0.5)
    case 'ID':
      return JSON.stringify(pick(material, material.ids))
    case 'Cursor':
      return material.cursors.length > 0 ? JSON.stringify(pick(material, material.cursors)) : 'null'
    case 'DateTime':
      return JSON.stringify(pick(material, ['2026-11-23T02:00:00Z', '2020-01-01T00:00:00Z', '2030-01-01T00:00:00Z']))
    case 'Date':
      return '"2026-11-23"'
    case 'Decimal':
      return '"12.50"'
    case 'JSON':
      return '{a: "b"}'
    default:
      return JSON.stringify(pick(material, material.texts))
  }
}
