import { apiSchemaSdl, composeSupergraph } from '../gateway/index.js'
import { modules } from '../hub/modules.js'
import { guardDirectives } from '../kernel/guard/index.js'
import { printSubgraph } from '../kernel/subgraph/index.js'

/** Every file of `schema/`, printed from the code: file name → text. */
export async function printSchemas(): Promise<Map<string, string>> {
  const subgraphs = await Promise.all(
    modules.map(async ({ name, resolvers, orphanedTypes, referenceResolvers }) => ({
      name,
      sdl: await printSubgraph({ resolvers, orphanedTypes, referenceResolvers, directives: guardDirectives }),
    })),
  )
  const supergraph = composeSupergraph(subgraphs)
  return new Map([
    ...subgraphs.map(({ name, sdl }): [string, string] => [`${name}.graphql`, sdl]),
    ['supergraph.graphql', `${supergraph.trim()}\n`],
    ['api.graphql', apiSchemaSdl(supergraph)],
  ])
}
