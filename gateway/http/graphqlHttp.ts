import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { HubError, rateLimited, unauthenticated } from '../../kernel/errors.js'
import { BodyError } from '../../kernel/subgraph/index.js'
import { bearerToken } from '../identity/bearer.js'
import type { Departures } from '../identity/departures.js'
import type { Identities, Identity } from '../identity/identity.js'
import type { Headcount } from '../limits/headcount.js'
import type { Limits } from '../limits/limits.js'
import type { GatewayMetrics } from '../metrics.js'
import type { Operations } from '../operation/operations.js'
import type { Answer, AnswerStream, Visit } from '../operation/visit.js'
import { askedByGet, askedByPost } from './asked.js'
import { couldBeForged } from './csrf.js'
import type { EventStreams } from './eventStreams.js'
import { GRAPHIQL_POLICY, type GraphiqlPage } from './graphiql.js'
import { language } from './language.js'
import { CONTENT_TYPES, type MediaType, mediaType } from './mediaType.js'
import { respond } from './respond.js'
import { statusOf } from './status.js'

export interface GraphqlHttpSettings {
  operations: Operations
  identities: Identities
  limits: Limits
  streams: EventStreams
  /** Streams of each person, those by WebSocket included. */
  headcount: Headcount
  departures: Departures
  metrics: GatewayMetrics
  /** For people with a browser; none in production. */
  graphiql: GraphiqlPage | null
  lang: string
}

/** GraphQL over HTTP, and server-sent events for those who accept them. */
export class GraphqlHttp {
  constructor(private readonly settings: GraphqlHttpSettings) {}

  async handle(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    const type = mediaType(request.headers.accept)
    const requestId = randomUUID()
    response.setHeader('x-request-id', requestId)
    try {
      if (type === 'html' && request.method === 'GET' && !url.searchParams.has('query')) {
        const page = await this.settings.graphiql?.html()
        if (page) {
          response.setHeader('content-security-policy', GRAPHIQL_POLICY)
          response.setHeader('cache-control', 'private, max-age=3600')
          return respond(request, response, 200, page, 'text/html; charset=utf-8')
        }
      }
      await this.#answer(request, response, url, type, requestId)
    } catch (error) {
      if (response.headersSent) response.destroy()
      else this.#refuse(request, response, type, error)
    }
  }

  async #answer(
    request: IncomingMessage,
    response: ServerResponse,
    url: URL,
    type: MediaType,
    requestId: string,
  ): Promise<void> {
    const { operations, limits, lang } = this.settings
    const { method, headers, socket } = request
    if (method !== 'GET' && method !== 'POST') throw new MethodError()
    if (couldBeForged(headers)) {
      throw new BodyError(
        method === 'POST' ? 415 : 400,
        'Send "content-type: application/json", or the header "apollo-require-preflight": others could be sent by any web page.',
      )
    }
    const identity = await this.#identify(headers.authorization)
    const asked = method === 'GET' ? askedByGet(url, limits) : await askedByPost(request, limits)
    const visit: Visit = {
      identity,
      // What must not be asked by GET must not be asked so for a stream either.
      via: type === 'sse' && method === 'POST' ? 'SSE' : method,
      requestId,
      lang: language(headers['accept-language'], lang),
      address: socket.remoteAddress ?? '',
    }
    if (type === 'sse') return this.#stream(response, asked, visit, method)
    const kinds = method === 'GET' ? (['query'] as const) : (['query', 'mutation'] as const)
    this.#send(request, response, (await operations.run(asked, visit, kinds)) as Answer, type)
  }

  async #stream(
    response: ServerResponse,
    asked: Parameters<Operations['run']>[0],
    visit: Visit,
    method: string,
  ): Promise<void> {
    const { operations, streams, headcount, departures, metrics } = this.settings
    const leave = headcount.enter(visit.identity?.personId ?? visit.address)
    if (!leave) throw rateLimited('You have too many streams open: close one.')
    metrics.streams('sse', 1)
    const abort = new AbortController()
    const unwatch = visit.identity && departures.watch(visit.identity, () => abort.abort())
    try {
      response.once('close', () => abort.abort())
      const kinds =
        method === 'GET' ? (['query', 'subscription'] as const) : (['query', 'mutation', 'subscription'] as const)
      const answer: Answer | AnswerStream = await operations.run(asked, { ...visit, signal: abort.signal }, kinds)
      await streams.send(response, answer, visit.identity?.expiresAt ?? null)
    } finally {
      unwatch?.()
      leave()
      metrics.streams('sse', -1)
    }
  }

  /** A token that is not valid is refused even where none would be needed: whoever sends one should know. */
  async #identify(authorization: string | undefined): Promise<Identity | null> {
    if (authorization === undefined) return null
    const token = bearerToken(authorization)
    const identity = token && (await this.settings.identities.identify(token))
    if (!identity) throw unauthenticated()
    return identity
  }

  #refuse(request: IncomingMessage, response: ServerResponse, type: MediaType, error: unknown): void {
    if (error instanceof MethodError) response.setHeader('allow', 'GET, POST')
    const shown =
      error instanceof HubError
        ? error
        : new HubError(
            'BAD_USER_INPUT',
            error instanceof BodyError ? error.message : 'Only GET and POST are understood here.',
          )
    const status = error instanceof BodyError ? error.status : error instanceof MethodError ? 405 : undefined
    this.#send(request, response, { errors: [{ message: shown.message, extensions: shown.extensions }] }, type, status)
  }

  #send(request: IncomingMessage, response: ServerResponse, answer: Answer, type: MediaType, status?: number): void {
    const as = type === 'graphql' ? 'graphql' : 'json'
    const wait = answer.errors?.[0]?.extensions?.retryAfterSeconds
    if (typeof wait === 'number') response.setHeader('retry-after', wait)
    respond(request, response, status ?? statusOf(answer, as), JSON.stringify(answer), CONTENT_TYPES[as])
  }
}

class MethodError extends Error {}
