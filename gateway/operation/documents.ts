import {
  type DocumentNode,
  GraphQLError,
  type GraphQLFormattedError,
  type GraphQLSchema,
  getOperationAST,
  Kind,
  NoSchemaIntrospectionCustomRule,
  type OperationTypeNode,
  parse,
  separateOperations,
  specifiedRules,
  validate,
} from 'graphql'
import { Lru } from '../../kernel/encryption/lru.js'
import { badInput, unauthenticated } from '../../kernel/errors.js'
import { type Cost, costOf } from '../limits/cost.js'
import { tooMuch } from '../limits/documentLimits.js'
import { fragmentsOf } from '../limits/fragments.js'
import type { Limits } from '../limits/limits.js'
import { type PageSizes, pageSizesOf } from '../limits/pageSizes.js'
import { Refused } from './refused.js'
import { rootFieldNames } from './rootFieldNames.js'

/** One operation, checked, with what its execution needs to know. Kept as long as its document is asked for: so is its plan. */
export interface Operation {
  /** This operation alone, with its fragments. */
  document: DocumentNode
  name: string | null
  kind: OperationTypeNode
  /** It asks about the schema and touches no subgraph. */
  ofSchema: boolean
  pages: PageSizes
  cost: Cost
}

export interface DocumentsSettings {
  schema: GraphQLSchema
  limits: Limits
  /** Whether the schema may be asked for. */
  introspection: boolean
}

interface Known {
  document: DocumentNode
  valid: boolean
  operations: Map<string, Operation>
}

const REMEMBERED = 1000
/** Longer texts are parsed each time, so that what is remembered stays within bounds. */
const LONGEST_REMEMBERED = 10_000
const MOST_ERRORS = 5

/** Parses, limits and validates documents, each once as long as it is in use. */
export class Documents {
  readonly #known = new Lru<string, Known>(REMEMBERED)
  readonly #rules

  constructor(private readonly settings: DocumentsSettings) {
    this.#rules = settings.introspection ? specifiedRules : [...specifiedRules, NoSchemaIntrospectionCustomRule]
  }

  /** Throws Refused. A stranger gets to see the schema, where that may be seen, and learns nothing else, not even what is wrong. */
  operation(query: string, operationName: string | null | undefined, { stranger }: { stranger: boolean }): Operation {
    const known = this.#known.get(query) ?? this.#parse(query)
    const operation = known.operations.get(operationName ?? '') ?? this.#select(known, operationName)
    if (stranger && !operation.ofSchema) throw Refused.because(unauthenticated())
    if (!known.valid) this.#validate(known, query, stranger)
    known.operations.set(operationName ?? '', operation)
    return operation
  }

  #parse(query: string): Known {
    try {
      const document = parse(query, { maxTokens: this.settings.limits.tokens })
      const refusal = tooMuch(document, this.settings.limits)
      if (refusal) throw Refused.because(refusal)
      return { document, valid: false, operations: new Map() }
    } catch (error) {
      throw error instanceof GraphQLError ? new Refused([shown(error)]) : error
    }
  }

  #select({ document }: Known, operationName: string | null | undefined): Operation {
    const node = getOperationAST(document, operationName)
    if (!node) throw Refused.because(badInput('operationName', 'The document has no such operation, or more than one.'))
    const name = node.name?.value ?? null
    const operations = document.definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION)
    const alone = operations.length === 1 ? document : separateOperations(document)[name ?? '']!
    const fields = rootFieldNames(node, fragmentsOf(document))
    const asksSchema = fields.has('__schema') || fields.has('__type')
    const ofSchema = node.operation === 'query' && [...fields].every(field => OF_SCHEMA.has(field))
    if (asksSchema && !ofSchema) {
      throw Refused.because(badInput('query', 'Ask for the schema in an operation of its own.'))
    }
    return {
      document: alone,
      name,
      kind: node.operation,
      ofSchema,
      pages: pageSizesOf(alone),
      cost: costOf(this.settings.schema, alone, node),
    }
  }

  #validate(known: Known, query: string, stranger: boolean): void {
    const hideSuggestions = stranger || !this.settings.introspection
    const options = { maxErrors: MOST_ERRORS, hideSuggestions }
    const errors = validate(this.settings.schema, known.document, this.#rules, options)
    if (errors.length > 0) throw new Refused(errors.map(shown))
    known.valid = true
    if (query.length <= LONGEST_REMEMBERED) this.#known.set(query, known)
  }
}

const OF_SCHEMA = new Set(['__schema', '__type', '__typename'])

/** Errors about a document are about what the client wrote. */
const shown = ({ message, locations }: GraphQLError): GraphQLFormattedError => ({
  message: message.length > 300 ? `${message.slice(0, 300)}…` : message,
  ...(locations && { locations }),
  extensions: { code: 'BAD_USER_INPUT' },
})
