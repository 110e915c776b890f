import { Counter, Gauge, Histogram, type Registry } from 'prom-client'

export interface OperationNoted {
  kind: string
  via: string
  /** Codes of the errors in its answer. */
  codes: readonly string[]
  seconds: number
}

const SECONDS = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]

/** What the gateway counts. Labels have few values, none of which a client can choose. */
export class GatewayMetrics {
  readonly #operations: Histogram<'kind' | 'via' | 'outcome'>
  readonly #errors: Counter<'code'>
  readonly #events: Counter
  readonly #streams: Gauge<'transport'>
  readonly #hooks: Counter<'status'>

  constructor(readonly registry: Registry) {
    const registers = [registry]
    this.#operations = new Histogram({
      name: 'hub_gateway_operation_seconds',
      help: 'Time from an operation to its answer, or to the first event it may get.',
      labelNames: ['kind', 'via', 'outcome'],
      buckets: SECONDS,
      registers,
    })
    this.#errors = new Counter({
      name: 'hub_gateway_errors_total',
      help: 'Operations whose answer held an error of this code.',
      labelNames: ['code'],
      registers,
    })
    this.#events = new Counter({ name: 'hub_gateway_events_total', help: 'Events given to subscribers.', registers })
    this.#streams = new Gauge({
      name: 'hub_gateway_streams',
      help: 'Open WebSockets and event streams.',
      labelNames: ['transport'],
      registers,
    })
    this.#hooks = new Counter({
      name: 'hub_gateway_hooks_total',
      help: 'Hooks answered, by HTTP status.',
      labelNames: ['status'],
      registers,
    })
  }

  operation({ kind, via, codes, seconds }: OperationNoted): void {
    this.#operations.observe({ kind, via, outcome: codes.length > 0 ? 'errors' : 'ok' }, seconds)
    for (const code of codes) this.#errors.inc({ code })
  }

  event(): void {
    this.#events.inc()
  }

  streams(transport: 'ws' | 'sse', change: 1 | -1): void {
    this.#streams.inc({ transport }, change)
  }

  hook(status: number): void {
    this.#hooks.inc({ status })
  }
}
