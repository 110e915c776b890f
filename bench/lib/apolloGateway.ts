import { ApolloGateway, type GraphQLDataSourceProcessOptions, RemoteGraphQLDataSource } from '@apollo/gateway'
import { ApolloServer } from '@apollo/server'
import { startStandaloneServer } from '@apollo/server/standalone'
import { createLocalJWKSet, jwtVerify } from 'jose'
import { composeSupergraph } from '../../gateway/index.js'
import type { TokenIssuer } from '../../hub/tokenIssuer.js'
import type { Subgraph } from '../../kernel/subgraph/index.js'
import type { InternalTokens } from '../../kernel/subgraph/internalToken.js'
import { subgraphPort } from '../../kernel/subgraph/subgraphPort.js'

interface Context {
  /** None while the gateway asks for itself. */
  personId?: string
}

/** @apollo/gateway over the same subgraphs by HTTP: it checks the same tokens and signs the same internal ones. */
export async function apolloGateway(
  subgraphs: readonly Subgraph[],
  issuer: TokenIssuer,
  tokens: InternalTokens,
): Promise<{ url: string; stop(): Promise<void> }> {
  const ports = subgraphs.map(subgraph => ({ name: subgraph.name, port: subgraphPort({ subgraph, tokens }) }))
  const urls = new Map<string, string>()
  for (const { name, port } of ports) urls.set(name, await port.listen(0, '127.0.0.1'))

  class Source extends RemoteGraphQLDataSource<Context> {
    constructor(private readonly subgraph: string) {
      super({ url: urls.get(subgraph)! })
    }

    override async willSendRequest({ request, context }: GraphQLDataSourceProcessOptions<Context>) {
      const { personId } = context
      const caller = personId ? { personId, via: 'POST' as const, requestId: 'bench', lang: 'en' } : null
      request.http?.headers.set('authorization', `Bearer ${await tokens.sign(this.subgraph, caller)}`)
    }
  }

  const gateway = new ApolloGateway({
    supergraphSdl: composeSupergraph(subgraphs.map(({ name, sdl }) => ({ name, sdl, url: urls.get(name)! }))),
    buildService: ({ name }) => new Source(name.toLowerCase()),
  })
  const server = new ApolloServer<Context>({ gateway, introspection: false, includeStacktraceInErrorResponses: false })
  const keys = createLocalJWKSet(issuer.jwks)
  const { url } = await startStandaloneServer(server, {
    listen: { port: 0, host: '127.0.0.1' },
    context: async ({ req }) => {
      const { payload } = await jwtVerify(req.headers.authorization?.slice(7) ?? '', keys, {
        issuer: issuer.issuer,
        audience: issuer.audience,
      })
      return { personId: payload.sub! }
    },
  })
  return {
    url,
    stop: async () => {
      await server.stop()
      for (const { port } of ports) await port.stop()
    },
  }
}
