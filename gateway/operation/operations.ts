import { randomUUID } from 'node:crypto'
import { execute, type OperationTypeNode } from 'graphql'
import type { Clock } from '../../kernel/clock.js'
import { badInput, rateLimited, unauthenticated, unavailable } from '../../kernel/errors.js'
import type { Log } from '../../kernel/log/index.js'
import { clientError, EventStream, type HideError } from '../../kernel/subgraph/index.js'
import type { Identities, Identity } from '../identity/identity.js'
import type { Limits } from '../limits/limits.js'
import { largestPage } from '../limits/pageSizes.js'
import { TokenBuckets } from '../limits/tokenBuckets.js'
import type { GatewayMetrics } from '../metrics.js'
import type { RawResult, Supergraph } from '../supergraph/openSupergraph.js'
import { Documents, type Operation } from './documents.js'
import { Refused } from './refused.js'
import { shownErrors } from './shownErrors.js'
import type { Answer, AnswerStream, Asked, Visit } from './visit.js'

export interface OperationsSettings {
  supergraph: Supergraph
  identities: Identities
  limits: Limits
  clock: Clock
  log: Log
  metrics: GatewayMetrics
  production: boolean
}

/** The one way of an operation through the gateway, whichever transport it came by: limits, check, plan, execution, errors, log. */
export class Operations {
  readonly #documents: Documents
  readonly #people: TokenBuckets
  readonly #strangers: TokenBuckets
  readonly #hide: HideError
  #inFlight = 0
  #stopping = false
  #whenIdle: (() => void) | null = null

  constructor(private readonly settings: OperationsSettings) {
    const { supergraph, limits, clock, log, production } = settings
    this.#documents = new Documents({ schema: supergraph.schema, limits, introspection: !production })
    this.#people = new TokenBuckets(limits.requests, clock)
    this.#strangers = new TokenBuckets(limits.strangers, clock)
    this.#hide = cause => {
      const id = randomUUID()
      log.error({ id, error: cause }, 'An error was hidden from the client')
      return id
    }
  }

  /** `kinds`: what this transport may carry. Never throws. */
  async run(asked: Asked, visit: Visit, kinds: readonly `${OperationTypeNode}`[]): Promise<Answer | AnswerStream> {
    const start = performance.now()
    let operation: Operation | null = null
    let answer: Answer | AnswerStream
    this.#inFlight++
    try {
      operation = this.#admit(asked, visit, kinds)
      answer = await this.#execute(operation, asked.variables ?? {}, visit)
    } catch (error) {
      answer = this.#failed(error)
    } finally {
      if (--this.#inFlight === 0) this.#whenIdle?.()
    }
    this.#note(operation, visit, answer, performance.now() - start)
    return answer
  }

  /** Refuses new operations and waits for those in flight, up to `ms`. */
  async stop(ms: number): Promise<void> {
    this.#stopping = true
    if (this.#inFlight === 0) return
    await new Promise<void>(resolve => {
      const timer = setTimeout(resolve, ms)
      this.#whenIdle = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }

  runDue(): void {
    this.#people.runDue()
    this.#strangers.runDue()
  }

  #admit(asked: Asked, { identity, address }: Visit, kinds: readonly string[]): Operation {
    const { limits, production } = this.settings
    if (this.#stopping) throw unavailable('The hub is being stopped and')
    const wait = identity ? this.#people.take(identity.personId) : this.#strangers.take(address)
    if (wait > 0) throw rateLimited(`Too many requests: wait ${wait} s.`, wait)
    if (!identity && production) throw unauthenticated()

    const operation = this.#documents.operation(asked.query, asked.operationName, { stranger: !identity })
    if (!kinds.includes(operation.kind)) throw badInput('method', WRONG_WAY[operation.kind])
    const variables = asked.variables ?? {}
    const page = largestPage(operation.pages, variables)
    if (page > limits.pageSize)
      throw badInput('first', `A page has ${limits.pageSize} entries at most: page on with "after".`)
    const cost = operation.cost(variables)
    if (cost > limits.cost) {
      throw badInput('query', `This may return ${cost} objects, more than ${limits.cost}: ask for smaller pages.`)
    }
    return operation
  }

  async #execute(
    operation: Operation,
    variables: Record<string, unknown>,
    visit: Visit,
  ): Promise<Answer | AnswerStream> {
    const { supergraph } = this.settings
    const { document, name, ofSchema } = operation
    const { identity, via, requestId, lang, signal } = visit
    if (ofSchema) {
      const result = await execute({
        schema: supergraph.schema,
        document,
        operationName: name,
        variableValues: variables,
      })
      return this.#shown(result)
    }
    if (!identity) throw unauthenticated()
    const caller = { personId: identity.personId, via, requestId, lang }
    const result = await supergraph.execute({ document, operationName: name, variables, caller, signal })
    if (!(Symbol.asyncIterator in result)) {
      // What was refused at once has no data; the planner's executor adds nulls.
      return this.#shown(operation.kind === 'subscription' ? { errors: result.errors } : result)
    }
    return new EventStream(
      result,
      event => this.#event(identity, event as RawResult),
      error => this.#failed(error),
      signal,
    )
  }

  /** Somebody may have been suspended since the subscription began, or since the last event. */
  async #event(identity: Identity, event: RawResult): Promise<Answer> {
    if (!(await this.settings.identities.isActive(identity))) throw unauthenticated()
    this.settings.metrics.event()
    return this.#shown(event)
  }

  #shown({ data, errors }: RawResult): Answer {
    if (!errors?.length) return { data }
    const formatted = shownErrors(errors, this.#hide)
    return data === undefined ? { errors: formatted } : { data, errors: formatted }
  }

  #failed(error: unknown): Answer {
    if (error instanceof Refused) return { errors: error.errors }
    if (error instanceof AggregateError) return { errors: error.errors.map(one => clientError(one, this.#hide)) }
    return { errors: [clientError(error, this.#hide)] }
  }

  #note(
    operation: Operation | null,
    { identity, via, requestId }: Visit,
    answer: Answer | AnswerStream,
    ms: number,
  ): void {
    const codes =
      'errors' in answer ? [...new Set(answer.errors?.map(({ extensions }) => String(extensions?.code)))] : []
    const kind = operation?.kind ?? 'refused'
    this.settings.metrics.operation({ kind, via, codes, seconds: ms / 1000 })
    this.settings.log.info(
      {
        operation: operation?.name?.slice(0, 100) ?? null,
        kind,
        via,
        ms: Math.round(ms * 10) / 10,
        person: identity?.personId ?? null,
        requestId,
        ...(codes.length > 0 && { codes }),
      },
      'operation',
    )
  }
}

const WRONG_WAY: Record<OperationTypeNode, string> = {
  query: 'A query cannot come this way.',
  mutation: 'A mutation cannot come by GET: send it by POST.',
  subscription: 'A subscription comes by WebSocket (graphql-transport-ws) or with "accept: text/event-stream".',
}
