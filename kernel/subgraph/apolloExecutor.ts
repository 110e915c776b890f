import { ApolloServer, type ApolloServerPlugin } from '@apollo/server'
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled'
import { type DocumentNode, execute, type GraphQLFormattedError, type GraphQLSchema, print } from 'graphql'
import { Lru } from '../encryption/lru.js'
import type { Log } from '../log/index.js'
import type { SubgraphRequest, SubgraphResult } from './types.js'

export interface ApolloExecutorSettings {
  sdl: string
  schema: GraphQLSchema
  plugins: readonly ApolloServerPlugin[]
  log: Log
  toClient(error: unknown): GraphQLFormattedError
}

const DOCUMENTS = 1000

/** Queries and mutations through Apollo Server: its cache of validated documents and its plugins, without its port and its reporting. */
export class ApolloExecutor {
  readonly #server: ApolloServer<Held>
  readonly #texts = new WeakMap<DocumentNode, string>()

  constructor({ sdl, schema, plugins, log, toClient }: ApolloExecutorSettings) {
    this.#server = new ApolloServer<Held>({
      gateway: {
        onSchemaLoadOrUpdate: listener => {
          listener({ apiSchema: schema, coreSupergraphSdl: sdl })
          return () => {}
        },
        // Apollo copies every context it is given, and a copy of a class with private members is broken: so it gets a box that holds it.
        load: async () => ({
          executor: async ({ document, request, context }) =>
            execute({
              schema,
              document,
              contextValue: (context as Held).context,
              variableValues: request.variables,
              operationName: request.operationName,
            }),
        }),
        stop: async () => {},
      },
      plugins: [
        ApolloServerPluginCacheControlDisabled(),
        ApolloServerPluginInlineTraceDisabled(),
        ApolloServerPluginUsageReportingDisabled(),
        ApolloServerPluginSchemaReportingDisabled(),
        ApolloServerPluginLandingPageDisabled(),
        ...plugins,
      ],
      documentStore: boundedStore(),
      formatError: (_, error) => toClient(error),
      introspection: true,
      hideSchemaDetailsFromClientErrors: true,
      includeStacktraceInErrorResponses: false,
      persistedQueries: false,
      stopOnTerminationSignals: false,
      // Otherwise the environment's NODE_ENV changes what it does and says.
      nodeEnv: 'production',
      logger: {
        debug: text => log.debug(String(text)),
        info: text => log.info(String(text)),
        warn: text => log.warn(String(text)),
        error: text => log.error(String(text)),
      },
    })
  }

  async run({ document, query, operationName, variables }: SubgraphRequest, context: object): Promise<SubgraphResult> {
    const { body } = await this.#server.executeOperation(
      { query: query ?? this.#textOf(document), operationName: operationName ?? undefined, variables: variables ?? {} },
      { contextValue: { context } },
    )
    if (body.kind !== 'single') throw new Error('The subgraph does not answer in parts.')
    return body.singleResult
  }

  start(): Promise<void> {
    return this.#server.start()
  }

  stop(): Promise<void> {
    return this.#server.stop()
  }

  #textOf(document: DocumentNode): string {
    let text = this.#texts.get(document)
    if (text === undefined) {
      text = print(document)
      this.#texts.set(document, text)
    }
    return text
  }
}

/** Apollo's own store may grow to 30 MB of text, which is several times that in memory. */
function boundedStore() {
  const documents = new Lru<string, DocumentNode>(DOCUMENTS)
  return {
    get: async (key: string) => documents.get(key),
    set: async (key: string, document: DocumentNode) => documents.set(key, document),
    delete: async (key: string) => documents.delete(key),
  }
}

interface Held {
  context: object
}
