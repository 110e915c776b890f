import { buildSubgraphSchema } from '@apollo/subgraph'
import {
  buildSchema,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isNonNullType,
  isObjectType,
  parse,
} from 'graphql'
import { beforeAll, describe, expect, it } from 'vitest'
import { printSchemas } from '../../commands/printSchemas.js'
import { modules } from '../../hub/modules.js'
import { type Actor, type Condition, Role } from '../../kernel/ability/index.js'

interface NamedRule {
  role: Role
  actions: string[]
  type: string
  fields: readonly string[]
}

const actor = (role: Role): Actor => ({
  id: 'me',
  name: 'Me',
  role,
  teamId: 'team',
  supervisedTeamIds: ['team'],
  grants: [],
})

/** Every rule of every role, as it is written. */
const rules: NamedRule[] = Object.values(Role).flatMap(role => {
  const found: NamedRule[] = []
  const can = (action: string | string[], type: string, fields: readonly string[], _where?: Condition) =>
    void found.push({ role, actions: [action].flat(), type, fields })
  for (const module of modules) for (const ruleSet of module.rules) ruleSet(can, actor(role))
  return found
})

/** Fields of a `@row` type that no rule names: nobody can see them, so somebody forgot to decide. */
function undecided(type: GraphQLObjectType): string[] {
  const named = new Set(
    rules.filter(rule => rule.type === type.name && rule.actions.some(isShowing)).flatMap(({ fields }) => fields),
  )
  return Object.keys(type.getFields()).filter(field => !named.has(field))
}

/** Fields of a row that some rule lets be seen without this one: for its readers the field is null. */
function restricted(type: GraphQLObjectType): string[] {
  const reading = rules.filter(rule => rule.type === type.name && rule.actions.includes('read'))
  return Object.keys(type.getFields()).filter(field => reading.some(({ fields }) => !fields.includes(field)))
}

const isShowing = (action: string): boolean => action === 'read' || action === 'readMasked'
const hasDirective = (
  node: { astNode?: { directives?: readonly { name: { value: string } }[] } | null },
  name: string,
): boolean => node.astNode?.directives?.some(directive => directive.name.value === name) ?? false

let api: GraphQLSchema
let rowTypes: GraphQLObjectType[]

beforeAll(async () => {
  const printed = await printSchemas()
  api = buildSchema(printed.get('api.graphql')!)
  rowTypes = modules.flatMap(({ name }) => rowsOf(printed.get(`${name}.graphql`)!))
})

const rowsOf = (sdl: string): GraphQLObjectType[] =>
  Object.values(buildSubgraphSchema([{ typeDefs: parse(sdl) }]).getTypeMap()).filter(
    (type): type is GraphQLObjectType => isObjectType(type) && hasDirective(type, 'row'),
  )

describe('F2: every field of a row', () => {
  it('is named by some rule, so that nobody forgot to decide who may see it', () => {
    expect(rowTypes.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['Customer', 'Call', 'Deal', 'FollowUp', 'System']),
    )
    expect(rowTypes.flatMap(type => undecided(type).map(field => `${type.name}.${field}`))).toEqual([])
  })

  it('that is added without a rule is found', () => {
    const [deal] = rowsOf(`
      extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key"])
      directive @row on OBJECT
      type Query { deal: Deal }
      type Deal @row { id: ID! margin: String }`)
    expect(undecided(deal!)).toEqual(['margin'])
  })

  it('is nullable where some reader of the row may not see it', () => {
    const wrong = rowTypes.flatMap(type =>
      restricted(type)
        .filter(field => isNonNullType(type.getFields()[field]!.type))
        .map(field => `${type.name}.${field}`),
    )
    expect(wrong).toEqual([])
  })

  it('that is text written by people is marked, or listed here with a reason', () => {
    const harmless: Record<string, string> = {
      'Call.externalId': 'given by the phone system',
      'Call.queue': 'a name from the configuration',
      'Call.lineId': 'a name from the configuration',
      'Deal.orderNo': 'given by the CRM; no phone has letters',
      'Disposition.name': 'a word that administrators choose',
      'Person.name': 'colleagues know each other',
      'Person.extensions': 'internal numbers',
      'Agent.name': 'colleagues know each other',
      'Agent.extension': 'an internal number',
      'Team.name': 'a name from the configuration',
      'System.name': 'a name from the configuration',
      'System.connector': 'a name from the configuration',
      'Alert.kind': 'written by the hub',
      'SyncRun.name': 'written by the hub',
      'Alert.owner': 'a group from the responsibility matrix',
    }
    const unmarked = rowTypes.flatMap(type =>
      Object.values(type.getFields())
        .filter(field => getNamedType(field.type).name === 'String' && !hasDirective(field, 'freeText'))
        .map(field => `${type.name}.${field.name}`),
    )
    expect(
      unmarked.filter(
        field => !(field in harmless) && !field.startsWith('AuditEntry.') && !field.startsWith('AccessGrant.'),
      ),
    ).toEqual([])
  })
})

describe('C4: no personal value', () => {
  /** Doors that are meant to be: both are audited and limited. */
  const DOORS = [
    'CustomerFilter.phoneEndsWith',
    'CreateCustomerInput.phone',
    'CreateCustomerInput.email',
    'CreateCustomerInput.address',
    'UpdateCustomerInput.addPhone',
    'UpdateCustomerInput.email',
    'UpdateCustomerInput.address',
    // An id, as every number has one; no value.
    'PlaceCallInput.phoneId',
  ]
  const PERSONAL = /phone|mobile|email|address|number|idCard|bank|masked|cipher/i

  it('stands in a filter, an order or a group, but for the doors that are audited and limited', () => {
    const inputs = Object.values(api.getTypeMap()).filter(isInputObjectType)
    const fields = inputs.flatMap(input => Object.keys(input.getFields()).map(field => `${input.name}.${field}`))
    expect(fields.filter(field => PERSONAL.test(field.split('.')[1]!) && !DOORS.includes(field))).toEqual([])
    const orders = Object.values(api.getTypeMap()).filter(type => isEnumType(type) && /Order|Dimension/.test(type.name))
    expect(
      orders
        .flatMap(type => (isEnumType(type) ? type.getValues().map(({ name }) => name) : []))
        .filter(name => PERSONAL.test(name)),
    ).toEqual([])
  })

  it('is a type that clients could send in', () => {
    const sensitive = ['PhoneNumber', 'EmailAddress', 'SensitiveText', 'Sensitive']
    expect(sensitive.filter(name => isInputObjectType(api.getType(name)))).toEqual([])
  })
})

describe('F1: the schema', () => {
  it('has nullable root fields, so that a part that is down leaves the rest of the answer', () => {
    const roots = [api.getQueryType()!, api.getMutationType()!, api.getSubscriptionType()!]
    const strict = roots.flatMap(root => Object.values(root.getFields()).filter(({ type }) => isNonNullType(type)))
    expect(strict.map(({ name }) => name)).toEqual([])
  })

  it('describes every type, field, argument and value of an input', () => {
    const silent: string[] = []
    for (const type of Object.values(api.getTypeMap())) {
      if (type.name.startsWith('__') || ['String', 'Int', 'Float', 'Boolean', 'ID'].includes(type.name)) continue
      if (!type.description) silent.push(type.name)
      if (!isObjectType(type) && !isInputObjectType(type)) continue
      for (const field of Object.values(type.getFields())) {
        if (!field.description) silent.push(`${type.name}.${field.name}`)
        if ('args' in field)
          for (const arg of field.args) if (!arg.description) silent.push(`${type.name}.${field.name}(${arg.name})`)
      }
    }
    expect(silent).toEqual([])
  })
})
