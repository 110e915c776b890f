import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { type ExecutionArgs, type ExecutionResult, GraphQLError, parse } from 'graphql'
import { makeServer, type Server } from 'graphql-ws'
import { HubError, rateLimited, unauthenticated } from '../../kernel/errors.js'
import { BodyError } from '../../kernel/subgraph/index.js'
import { askedOf } from '../http/asked.js'
import { language } from '../http/language.js'
import { bearerToken } from '../identity/bearer.js'
import type { Departures } from '../identity/departures.js'
import type { Identities, Identity } from '../identity/identity.js'
import type { Headcount } from '../limits/headcount.js'
import type { Limits } from '../limits/limits.js'
import type { Operations } from '../operation/operations.js'
import type { Answer, AnswerStream } from '../operation/visit.js'
import type { Supergraph } from '../supergraph/openSupergraph.js'

/** The other side of a socket. */
export interface Guest {
  request: IncomingMessage
  /** null until its first message was accepted. */
  identity: Identity | null
  /** Ends its being counted among the person's sockets. */
  leave: (() => void) | null
  /** Ends the socket because the person may not use the hub any more. */
  dismiss(): void
}

export interface ProtocolSettings {
  supergraph: Supergraph
  operations: Operations
  identities: Identities
  headcount: Headcount
  departures: Departures
  limits: Limits
  lang: string
}

/** The graphql-transport-ws protocol over the gateway's operations. */
export function protocolServer(settings: ProtocolSettings): Server<Guest> {
  const { supergraph, operations, identities, headcount, departures, limits, lang } = settings
  return makeServer<Record<string, unknown>, Guest>({
    connectionInitWaitTimeout: limits.connectionInitMs,

    onConnect: async ({ connectionParams, extra }) => {
      const token = bearerToken(connectionParams?.authorization)
      const identity = token && (await identities.identify(token))
      const leave = identity && headcount.enter(identity.personId)
      if (!identity || !leave) return false
      extra.identity = identity
      const unwatch = departures.watch(identity, () => extra.dismiss())
      extra.leave = () => {
        leave()
        unwatch()
      }
      return true
    },

    onSubscribe: async ({ extra, subscriptions, connectionParams }, _id, payload) => {
      try {
        const { identity, request } = extra
        // Before anything is waited for: the next message may have come by then.
        if (Object.keys(subscriptions).length > limits.subscriptionsPerSocket) {
          throw rateLimited(`A socket carries ${limits.subscriptionsPerSocket} operations at once at most.`)
        }
        if (!identity || !(await identities.isActive(identity))) throw unauthenticated()
        const answer = await operations.run(
          askedOf(payload),
          {
            identity,
            via: 'WS',
            requestId: randomUUID(),
            lang: language(connectionParams?.lang ?? request.headers['accept-language'], lang),
            address: request.socket.remoteAddress ?? '',
          },
          ['query', 'mutation', 'subscription'],
        )
        return handedOver(supergraph, answer)
      } catch (error) {
        return [refusal(error)]
      }
    },
    execute: answered,
    subscribe: answered,
    // Errors come formatted already.
    onNext: (_ctx, _message, _payload, _args, result) => result,
  })
}

const ONCE = parse('query { answered: __typename }')
const STREAM = parse('subscription { answered: __typename }')

/** The protocol's library wants to execute by itself: it is given the finished answer in the place of the context. */
function handedOver({ schema }: Supergraph, answer: Answer | AnswerStream): ExecutionArgs | GraphQLError[] {
  if (Symbol.asyncIterator in answer) return { schema, document: STREAM, contextValue: answer }
  if (answer.data !== undefined || !answer.errors) return { schema, document: ONCE, contextValue: answer }
  return answer.errors.map(({ message, extensions, path }) => new GraphQLError(message, { extensions, path }))
}

const answered = ({ contextValue }: ExecutionArgs) => contextValue as ExecutionResult | AsyncIterable<ExecutionResult>

function refusal(error: unknown): GraphQLError {
  if (error instanceof HubError) return error
  if (error instanceof BodyError) return new HubError('BAD_USER_INPUT', error.message)
  throw error
}
