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
  const typeName = type.name
  const name = field.name
  const show = shown(typeName, field)
  // Non-null fields (id, version …) are those every reader of the row may read; a row the viewer may not read at all fails as a whole.
  const masksName = has(field, 'personName') && !isNonNullType(field.type)
  const resolve: Resolver = field.resolve ?? defaultFieldResolver
  field.resolve = (row, args, ctx, info) => {
    if (ctx.readableFields(typeName, row).has(name)) return show(row, args, ctx, info)
    if (!masksName || !ctx.maskedFields(typeName, row).has(name)) throw forbidden()
    return then(resolve(row, args, ctx, info), value => (typeof value === 'string' ? maskName(value) : null))
  }
}

/** Free text outside of rows (titles, reasons, error texts) belongs to no row that could be revealed: it is always masked. */
function guardLoose(field: GraphQLField<object, HubContext>): void {
  if (!has(field, 'freeText')) return
  const resolve: Resolver = field.resolve ?? defaultFieldResolver
  field.resolve = (row, args, ctx, info) => then(resolve(row, args, ctx, info), maskAny)
}

/** The field as one who may read it sees it. */
function shown(typeName: string, field: GraphQLField<object, HubContext>): Resolver {
  const { name } = field
  const resolve: Resolver = field.resolve ?? (row => (row as Record<string, unknown>)[name])
  const named = getNamedType(field.type)
  const sensitive =
    (isObjectType(named) && named.getInterfaces().some(one => one.name === 'Sensitive')) ||
    (isInterfaceType(named) && named.name === 'Sensitive')
  if (sensitive) {
    return (row, args, ctx, info) =>
      then(resolve(row, args, ctx, info), value => bound(value, { type: typeName, row, field: name }))
  }
  if (has(field, 'freeText')) {
    return (row, args, ctx, info) =>
      then(resolve(row, args, ctx, info), text => showText(ctx, text, typeName, row, name))
  }
  return resolve
}

function showText(ctx: HubContext, text: unknown, type: string, row: object, field: string): unknown {
  const masked = maskAny(text)
  // Nothing personal in it: nothing was revealed.
  if (masked === text) return text
  return then(ctx.reveals.mayShowText({ type, row, field }), may => (may ? text : masked))
}

function bound(value: unknown, origin: Sensitive['origin']): unknown {
  for (const one of Array.isArray(value) ? value : [value]) if (one instanceof Sensitive) one.origin = origin
  return value
}

const maskAny = (value: unknown): unknown => (typeof value === 'string' ? maskFreeText(value) : maskJson(value))

const then = <T>(value: T | Promise<T>, next: (value: T) => unknown): unknown =>
  value instanceof Promise ? value.then(next) : next(value)
