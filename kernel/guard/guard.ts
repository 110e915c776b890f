import {
  defaultFieldResolver,
  type GraphQLField,
  type GraphQLFieldResolver,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isInterfaceType,
  isNonNullType,
  isObjectType,
} from 'graphql'
import type { HubContext } from '../context/hubContext.js'
import { forbidden } from '../errors.js'
import { maskFreeText, maskJson, maskName } from '../mask/index.js'
import { Sensitive } from '../sensitive/sensitive.js'

type Resolver = GraphQLFieldResolver<object, HubContext>

/**
 * Guards every field of every `@row` type, once, on the built schema: a denied field is null with FORBIDDEN at its path, names and free
 * text come masked where they must, and each personal value learns which row it belongs to. Features cannot forget it.
 */
export function guardSchema(schema: GraphQLSchema): GraphQLSchema {
  for (const type of Object.values(schema.getTypeMap())) {
    if (isObjectType(type) && has(type, 'row'))
      for (const field of Object.values(type.getFields())) guardField(type, field)
    else if (isObjectType(type) && !type.name.startsWith('__'))
      for (const field of Object.values(type.getFields())) guardLoose(field)
  }
  return schema
}

const has = (
  node: { astNode?: { directives?: readonly { name: { value: string } }[] } | null },
  directive: string,
): boolean => node.astNode?.directives?.some(({ name }) => name.value === directive) ?? false

function guardField(type: GraphQLObjectType, field: GraphQLField<object, HubContext>): void {
  const resolve: Resolver = field.resolve ?? defaultFieldResolver
  const typeName = type.name
  const name = field.name
  const finish = finisherOf(typeName, field)
  if (isNonNullType(field.type)) {
    // Non-null fields (id, version …) are those every reader of the row may read; a row the viewer may not read at all fails as a whole.
    field.resolve = (row, args, ctx, info) => {
      if (!ctx.fieldsOf('read', typeName, row).has(name)) throw forbidden()
      return finish(resolve(row, args, ctx, info), row, ctx)
    }
    return
  }
  const masksName = has(field, 'personName')
  field.resolve = (row, args, ctx, info) => {
    if (ctx.fieldsOf('read', typeName, row).has(name)) return finish(resolve(row, args, ctx, info), row, ctx)
    if (masksName && ctx.fieldsOf('readMasked', typeName, row).has(name)) {
      return then(resolve(row, args, ctx, info), value => (typeof value === 'string' ? maskName(value) : null))
    }
    throw forbidden()
  }
}

/** Free text outside of rows (titles, reasons, error texts) belongs to no row that could be revealed: it is always masked. */
function guardLoose(field: GraphQLField<object, HubContext>): void {
  if (!has(field, 'freeText')) return
  const resolve: Resolver = field.resolve ?? defaultFieldResolver
  field.resolve = (row, args, ctx, info) => then(resolve(row, args, ctx, info), maskAny)
}

type Finisher = (value: unknown, row: object, ctx: HubContext) => unknown

function finisherOf(typeName: string, field: GraphQLField<object, HubContext>): Finisher {
  const named = getNamedType(field.type)
  const sensitive =
    (isObjectType(named) && named.getInterfaces().some(({ name }) => name === 'Sensitive')) ||
    (isInterfaceType(named) && named.name === 'Sensitive')
  if (sensitive) return (value, row) => then(value, bind({ type: typeName, row, field: field.name }))
  if (has(field, 'freeText')) {
    return (value, row, ctx) =>
      then(value, text => {
        const masked = maskAny(text)
        // Nothing personal in it: nothing was revealed.
        if (masked === text || JSON.stringify(masked) === JSON.stringify(text)) return text
        const origin = { type: typeName, row, field: field.name }
        return ctx.reveals.mayShowText(origin).then(may => (may ? text : masked))
      })
  }
  return value => value
}

const bind = (origin: Sensitive['origin']) => (value: unknown) => {
  for (const one of Array.isArray(value) ? value : [value]) if (one instanceof Sensitive) one.origin = origin
  return value
}

const maskAny = (value: unknown): unknown => (typeof value === 'string' ? maskFreeText(value) : maskJson(value))

const then = <T>(value: T | Promise<T>, next: (value: T) => unknown): unknown =>
  value instanceof Promise ? value.then(next) : next(value)
