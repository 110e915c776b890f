import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { parse } from 'graphql'
import type { Registry } from 'prom-client'
import type { Clock } from '../kernel/clock.js'
import type { Log } from '../kernel/log/index.js'
import { closeServer, type InternalTokens, type SubgraphClient } from '../kernel/subgraph/index.js'
import { Cors } from './http/cors.js'
import { EventStreams } from './http/eventStreams.js'
import { GraphiqlPage } from './http/graphiql.js'
import { GraphqlHttp } from './http/graphqlHttp.js'
import { type Parts, readiness } from './http/health.js'
import { type HookReceiver, Hooks } from './http/hooks.js'
import { respond, respondJson } from './http/respond.js'
import { Departures } from './identity/departures.js'
import type { Identities } from './identity/identity.js'
import { Headcount } from './limits/headcount.js'
import { defaultLimits, type Limits } from './limits/limits.js'
import { GatewayMetrics } from './metrics.js'
import { Operations } from './operation/operations.js'
import { Sockets } from './socket/sockets.js'
import { openSupergraph } from './supergraph/openSupergraph.js'
import { type RemoteSubgraph, remoteSubgraph } from './supergraph/remoteSubgraph.js'

/** Another way of the gateway's address space, such as recordings or the page at `/`. */
export interface Route {
  serves(method: string, pathname: string): boolean
  handle(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void>
}

export interface GatewaySettings {
  /** Those of this process themselves, those of others by the address of their port. */
  subgraphs: readonly (SubgraphClient | { name: string; url: string })[]
  /** SDL, as composed by `composeSupergraph`. */
  supergraph: string
  identities: Identities
  /** Needed where a subgraph is in another process. */
  internalTokens?: InternalTokens
  limits?: Partial<Limits>
  clock: Clock
  log: Log
  metrics: Registry
  /** Hides the schema, GraphiQL and suggestions. */
  production: boolean
  /** Origins of pages that may call, such as `https://crm.example`. */
  corsOrigins: readonly string[]
  /** For clients that name no language. */
  lang: string
  hooks?: HookReceiver
  routes?: readonly Route[]
  /** Further parts readiness depends on, such as the database. */
  parts?: Parts
  tls?: { cert: string | Buffer; key: string | Buffer }
  /** Milliseconds operations have to finish when the gateway stops. */
  stopMs?: number
}

export interface Gateway {
  /** Listens; returns the address. Port 0 takes a free one. */
  start(port: number, host: string): Promise<string>
  /** Refuses new work, ends sockets and streams, waits for operations in flight, closes. */
  stop(): Promise<void>
  /** What a timer does each second: ends sockets whose token has ended, sends beats, forgets what is not needed. */
  runDue(): void
  /** Ends sockets and streams of those among these persons (null: among all) who may not use the hub any more. */
  recheck(personIds: readonly string[] | null): Promise<void>
}

const STOP_MS = 10_000
const SWEEP_MS = 1000
const HEADERS_MS = 10_000
const REQUEST_MS = 60_000
const KEEP_ALIVE_MS = 65_000

/** The one door of the hub: HTTP, server-sent events and WebSockets, over the federated graph. */
export async function createGateway(settings: GatewaySettings): Promise<Gateway> {
  const { identities, clock, production, lang, stopMs = STOP_MS } = settings
  const log = settings.log.child({ part: 'gateway' })
  const limits = { ...defaultLimits, ...settings.limits }
  const metrics = new GatewayMetrics(settings.metrics)
  const remotes: RemoteSubgraph[] = []
  const clients = settings.subgraphs.map(subgraph => {
    if ('execute' in subgraph) return subgraph
    if (!settings.internalTokens)
      throw new Error(`The subgraph ${subgraph.name} is elsewhere: internal tokens are needed.`)
    const remote = remoteSubgraph({ ...subgraph, tokens: settings.internalTokens, log })
    remotes.push(remote)
    return remote
  })
  const supergraph = await openSupergraph(settings.supergraph, clients)
  const operations = new Operations({ supergraph, identities, limits, clock, log, metrics, production })
  const cors = new Cors(settings.corsOrigins)
  const streams = new EventStreams(clock)
  const headcount = new Headcount(limits.socketsPerPerson)
  const departures = new Departures(identities, log)
  const graphiql = production ? null : new GraphiqlPage(log)
  const graphql = new GraphqlHttp({
    operations,
    identities,
    limits,
    streams,
    headcount,
    departures,
    metrics,
    graphiql,
    lang,
  })
  const sockets = new Sockets({
    supergraph,
    operations,
    identities,
    headcount,
    departures,
    limits,
    cors,
    clock,
    metrics,
    log,
    lang,
  })
  const hooks = settings.hooks && new Hooks({ receiver: settings.hooks, limits, clock, metrics, log })
  const parts: Parts = {
    ...Object.fromEntries(clients.map(client => [client.name, () => answers(client)])),
    ...settings.parts,
  }
  let stopping = false

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = URL.parse(request.url ?? '/', 'http://hub')
    if (!url) return respondJson(request, response, 400, { error: 'This address cannot be understood.' })
    const { pathname } = url
    const method = request.method ?? ''
    if (stopping) response.setHeader('connection', 'close')
    cors.apply(request, response)
    if (method === 'OPTIONS') return cors.preflight(request, response)
    if (pathname === '/graphql') return graphql.handle(request, response, url)
    if (hooks && Hooks.serves(pathname)) return hooks.handle(request, response, url)
    if (pathname === '/health/live') return respondJson(request, response, 200, { alive: true })
    if (pathname === '/health/ready') {
      const state = await readiness(parts)
      return respondJson(request, response, state.ready && !stopping ? 200 : 503, {
        ...state,
        ready: state.ready && !stopping,
      })
    }
    if (pathname === '/metrics') {
      return respond(request, response, 200, await metrics.registry.metrics(), metrics.registry.contentType)
    }
    const route = settings.routes?.find(one => one.serves(method, pathname))
    if (route) return route.handle(request, response, url)
    respondJson(request, response, 404, { error: 'There is nothing at this address.' })
  }

  const listener = (request: IncomingMessage, response: ServerResponse): void => {
    handle(request, response).catch((error: unknown) => {
      log.error({ error }, 'A request failed')
      if (response.headersSent) response.destroy()
      else respondJson(request, response, 500, { error: 'Something went wrong here.' })
    })
  }
  const options = { headersTimeout: HEADERS_MS, requestTimeout: REQUEST_MS, keepAliveTimeout: KEEP_ALIVE_MS }
  const server = settings.tls
    ? createHttpsServer({ ...options, ...settings.tls }, listener)
    : createHttpServer(options, listener)
  server.on('upgrade', (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    stream.on('error', error => log.debug({ error }, 'An upgrade broke off'))
    const known = URL.parse(request.url ?? '/', 'http://hub')?.pathname === '/graphql'
    if (known && !stopping) sockets.handleUpgrade(request, stream, head)
    else stream.end(`HTTP/1.1 ${stopping ? '503 Service Unavailable' : '404 Not Found'}\r\nconnection: close\r\n\r\n`)
  })

  const runDue = (): void => {
    sockets.runDue()
    streams.runDue()
    operations.runDue()
  }
  let timer: NodeJS.Timeout | undefined

  return {
    runDue,
    recheck: personIds => departures.recheck(personIds),
    start: (port, host) =>
      new Promise((resolve, reject) => {
        server.once('error', reject)
        server.listen(port, host, () => {
          server.off('error', reject)
          timer = setInterval(runDue, SWEEP_MS).unref()
          const { port: taken } = server.address() as AddressInfo
          resolve(`${settings.tls ? 'https' : 'http'}://${host.includes(':') ? `[${host}]` : host}:${taken}`)
        })
      }),
    stop: async () => {
      stopping = true
      clearInterval(timer)
      streams.stop()
      await Promise.all([sockets.stop(stopMs), operations.stop(stopMs), closeServer(server, stopMs)])
      for (const remote of remotes) remote.close()
    },
  }
}

const PING = parse('{ __typename }')

async function answers(client: SubgraphClient): Promise<boolean> {
  const { data } = await client.execute({ document: PING, caller: null })
  return data != null
}
