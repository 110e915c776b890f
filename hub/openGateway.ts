import { createLocalJWKSet, createRemoteJWKSet } from 'jose'
import { Registry } from 'prom-client'
import {
  composeSupergraph,
  createGateway,
  type HookAnswer,
  type Limits,
  type Route,
  tokenIdentities,
} from '../gateway/index.js'
import type { Kernel } from '../kernel/context/index.js'
import { type Env, subgraphNames } from '../kernel/env/index.js'
import { ACCESS_TOPIC } from '../kernel/feed/index.js'
import type { Log } from '../kernel/log/index.js'
import type { HookRequest } from '../kernel/ports/index.js'
import { InternalTokens, type Subgraph } from '../kernel/subgraph/index.js'
import { committedSdl } from './committedSdl.js'
import { readTls } from './readTls.js'
import type { TokenIssuer } from './tokenIssuer.js'

export interface GatewayParts {
  env: Env
  kernel: Kernel
  log: Log
  /** Those that run in this process; the gateway calls the others over HTTP. */
  subgraphs: readonly Subgraph[]
  issuer: TokenIssuer | null
  routes: readonly Route[]
  limits?: Partial<Limits>
  receiveHook(systemId: string, request: HookRequest): Promise<{ status: number; body: unknown }>
}

export interface OpenGateway {
  url: string
  stop(): Promise<void>
}

/** Opens the public door over the subgraphs, wherever they run. */
export async function openGateway(parts: GatewayParts): Promise<OpenGateway> {
  const { env, kernel, log, subgraphs, issuer, routes, limits, receiveHook } = parts
  const here = new Map(subgraphs.map(subgraph => [subgraph.name, subgraph]))
  const everywhere = await Promise.all(
    subgraphNames.map(
      async name => here.get(name) ?? { name, url: env.subgraphUrls[name], sdl: await committedSdl(name) },
    ),
  )
  const keys = issuer ? createLocalJWKSet(issuer.jwks) : createRemoteJWKSet(new URL(env.jwksUrl!))
  const tls = await readTls(env)
  const { clock } = kernel
  const gateway = await createGateway({
    subgraphs: everywhere,
    supergraph: composeSupergraph(everywhere),
    identities: tokenIdentities({
      keys,
      issuer: issuer?.issuer ?? env.jwtIssuer,
      audience: issuer?.audience ?? env.jwtAudience,
      clock,
      people: {
        personOf: async (from, subject) => {
          const personId = await kernel.actors.personOf(from, subject)
          return personId === null ? null : { personId, active: true }
        },
      },
    }),
    internalTokens: internalTokens(kernel),
    clock,
    log,
    metrics: new Registry(),
    production: env.production,
    corsOrigins: env.corsOrigins,
    lang: env.lang,
    hooks: {
      receive: async (systemId, { headers, query, body, receivedAt }): Promise<HookAnswer> => {
        const answer = await receiveHook(systemId, {
          headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)])),
          query: Object.fromEntries(new URLSearchParams(query)),
          body,
          receivedAt,
        })
        return {
          status: answer.status,
          body: JSON.stringify(answer.body),
          headers: { 'content-type': 'application/json' },
        }
      },
    },
    routes,
    limits,
    parts: { database: () => kernel.systemEm().getConnection().isConnected() },
    tls: tls ?? undefined,
  })
  await kernel.feed.listen(ACCESS_TOPIC, ({ data: { personIds } }) => {
    void gateway.recheck(Array.isArray(personIds) ? personIds.map(String) : null)
  })
  return { url: await gateway.start(env.port, env.host), stop: () => gateway.stop() }
}

/** Every process derives the same key from the key ring. */
export const internalTokens = ({ keys, clock }: Kernel): InternalTokens =>
  new InternalTokens(keys.subKey('internal-token').export(), clock)
