import { Registry } from 'prom-client'
import {
  composeSupergraph,
  createGateway,
  type Gateway,
  type GatewaySettings,
  type Identities,
} from '../../gateway/index.js'
import { TestClock } from '../../kernel/clock.js'
import { createLog } from '../../kernel/log/index.js'
import { Controls, type Toys, toySubgraphs } from './toys.js'

export interface ToyGateway {
  url: string
  gateway: Gateway
  controls: Controls
  toys: Toys
  clock: TestClock
  log: string[]
  metrics: Registry
  post(body: unknown, headers?: Record<string, string>): Promise<{ status: number; headers: Headers; body: Body }>
  ask(query: string, variables?: Record<string, unknown>): Promise<Body>
}

/** An answer as tests look at it. */
export interface Body {
  data?: any
  errors?: { message: string; path?: (string | number)[]; extensions: Record<string, unknown> }[]
}

/** Tokens are `<person>.<seconds they hold>.x`; a real issuer is tested elsewhere. */
export const tokenOf = (person = 'li', seconds = 3600): string => `${person}.${seconds}.x`

const identitiesOf = (controls: Controls, clock: TestClock): Identities => {
  const start = clock.now().getTime()
  return {
    identify: async token => {
      const [personId, seconds] = token.split('.')
      const expiresAt = new Date(start + Number(seconds) * 1000)
      if (!personId || controls.suspended || personId === 'wrong' || !(expiresAt > clock.now())) return null
      return { personId, issuer: 'toys', subject: personId, expiresAt }
    },
    isActive: async ({ expiresAt }) => !controls.suspended && expiresAt > clock.now(),
  }
}

/** A gateway over two toy subgraphs, listening on a free port. */
export async function startToyGateway(more: Partial<GatewaySettings> = {}): Promise<ToyGateway> {
  const controls = new Controls()
  const clock = new TestClock()
  const log: string[] = []
  const metrics = new Registry()
  const lines = createLog({ level: 'debug', clock, write: line => void log.push(line) })
  const toys = await toySubgraphs(controls, lines)
  const gateway = await createGateway({
    subgraphs: [toys.books, toys.reviews],
    supergraph: composeSupergraph([toys.books, toys.reviews]),
    identities: identitiesOf(controls, clock),
    clock,
    log: lines,
    metrics,
    production: false,
    corsOrigins: ['https://crm.example'],
    lang: 'zh-CN',
    stopMs: 300,
    ...more,
  })
  const url = await gateway.start(0, '127.0.0.1')
  const post: ToyGateway['post'] = async (body, headers = {}) => {
    const answer = await fetch(`${url}/graphql`, {
      method: 'POST',
      body: typeof body === 'string' || body instanceof Uint8Array ? (body as string) : JSON.stringify(body),
      headers: { 'content-type': 'application/json', authorization: `Bearer ${tokenOf()}`, ...headers },
    })
    return { status: answer.status, headers: answer.headers, body: (await answer.json()) as Body }
  }
  const ask: ToyGateway['ask'] = async (query, variables) => (await post({ query, variables })).body
  return { url, gateway, controls, toys, clock, log, metrics, post, ask }
}
