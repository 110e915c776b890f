import { setImmediate } from 'node:timers/promises'
import { type Client, createClient } from 'graphql-ws'
import { WebSocket } from 'ws'
import type { TypedDocumentString } from '../../schema/operations/generated/graphql.js'

type Document<D, V> = TypedDocumentString<D, V>
/** May be left out where the operation needs none. */
type Variables<V> = Record<string, never> extends V ? [variables?: V] : [variables: V]

export interface GraphError {
  message: string
  path?: (string | number)[]
  extensions?: { code?: string; field?: string; [key: string]: unknown }
}

export interface Answer<D = Record<string, never>> {
  data: D | null
  errors?: GraphError[]
}

/** Somebody at the gateway's door: asks as one person, over real HTTP and WebSocket. */
export class TestClient {
  readonly #sockets: Client[] = []

  constructor(
    private readonly url: string,
    private readonly token: () => Promise<string>,
  ) {}

  /** The data of an operation of `schema/operations`; throws when there is any error. */
  run<D, V>(document: Document<D, V>, ...[variables]: Variables<V>): Promise<D> {
    return this.query<D>(document.toString(), variables ?? {})
  }

  /** Everything that came back for such an operation, errors included. */
  try<D, V>(document: Document<D, V>, ...[variables]: Variables<V>): Promise<Answer<D>> {
    return this.ask<D>(document.toString(), variables ?? {})
  }

  /** Subscribes with an operation of `schema/operations`. */
  follow<D, V>(document: Document<D, V>, ...[variables]: Variables<V>): Promise<Live<D>> {
    return this.subscribe<D>(document.toString(), variables ?? {})
  }

  /** Everything that came back, errors included. For questions that only this test asks. */
  async ask<D = any>(query: string, variables: object = {}): Promise<Answer<D>> {
    const response = await fetch(`${this.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${await this.token()}` },
      body: JSON.stringify({ query, variables }),
    })
    return (await response.json()) as Answer<D>
  }

  /** The data; throws when there is any error. */
  async query<D = any>(query: string, variables: object = {}): Promise<D> {
    const { data, errors } = await this.ask<D>(query, variables)
    if (errors) throw new Error(`The query failed: ${JSON.stringify(errors)}`)
    return data!
  }

  /** The codes of the errors, with their paths: `FORBIDDEN customers.nodes.0.internalNote`. */
  async problems(query: string, variables: object = {}): Promise<string[]> {
    const { errors = [] } = await this.ask(query, variables)
    return errors.map(({ extensions, path }) => [extensions?.code, path?.join('.')].filter(Boolean).join(' '))
  }

  /** Subscribes over a WebSocket of its own and resolves once the server has it. */
  async subscribe<D = any>(query: string, variables: object = {}): Promise<Live<D>> {
    const token = await this.token()
    const client = createClient({
      url: `${this.url.replace(/^http/, 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      connectionParams: { authorization: `Bearer ${token}` },
      retryAttempts: 0,
      lazy: false,
      // A test that cares asks for it by `ended`.
      onNonLazyError: () => undefined,
    })
    this.#sockets.push(client)
    const before = await this.#subscriptions()
    const live = new Live<D>(client, query, variables)
    while (!live.isOver && (await this.#subscriptions()) === before) await setImmediate()
    return live
  }

  /** How many the gateway has taken so far, or refused. */
  async #subscriptions(): Promise<number> {
    const metrics = await (await fetch(`${this.url}/metrics`)).text()
    const counts = metrics.matchAll(/^hub_gateway_operation_seconds_count\{[^}]*kind="subscription"[^}]*\} (\d+)$/gm)
    return [...counts].reduce((sum, [, count]) => sum + Number(count), 0)
  }

  async close(): Promise<void> {
    await Promise.all(this.#sockets.splice(0).map(socket => socket.dispose()))
  }
}

/** A running subscription whose events are taken one by one. */
export class Live<D> {
  readonly #results: Answer<D>[] = []
  #waiting: (() => void) | undefined
  #ended: unknown
  #done = false
  readonly #leave: () => void

  constructor(client: Client, query: string, variables: object) {
    this.#leave = client.subscribe(
      { query, variables: { ...variables } },
      {
        next: result => this.#push(result as Answer<D>),
        error: error => {
          this.#ended = error
          this.#done = true
          this.#waiting?.()
        },
        complete: () => {
          this.#done = true
          this.#waiting?.()
        },
      },
    )
  }

  /** The next result, whenever it comes; the test's own time limit ends a wait in vain. */
  async next(): Promise<Answer<D>> {
    while (this.#results.length === 0) {
      if (this.#done) throw new Error(`The subscription is over: ${JSON.stringify(this.#ended ?? 'complete')}`)
      await new Promise<void>(resolve => {
        this.#waiting = resolve
      })
    }
    return this.#results.shift()!
  }

  async take(n: number): Promise<Answer<D>[]> {
    const taken: Answer<D>[] = []
    while (taken.length < n) taken.push(await this.next())
    return taken
  }

  /** Resolves with the reason once the server has ended it. */
  async ended(): Promise<unknown> {
    while (!this.#done) {
      await new Promise<void>(resolve => {
        this.#waiting = resolve
      })
    }
    return this.#ended ?? 'complete'
  }

  /** The server has ended it, or refused it. */
  get isOver(): boolean {
    return this.#done
  }

  /** What has come and was not taken. */
  get pending(): readonly Answer<D>[] {
    return this.#results
  }

  stop(): void {
    this.#leave()
  }

  #push(result: Answer<D>): void {
    this.#results.push(result)
    this.#waiting?.()
  }
}
