import { HubContext, type Kernel } from '../kernel/context/index.js'
import { guardDirectives, guardSchema } from '../kernel/guard/index.js'
import type { Log } from '../kernel/log/index.js'
import { defineSubgraph, type Subgraph, type SubgraphModule } from '../kernel/subgraph/index.js'

/** Makes a subgraph of a module: guarded, and each operation in a context of its own. */
export async function openSubgraph(module: SubgraphModule, kernel: Kernel, log: Log): Promise<Subgraph> {
  const { name, resolvers, orphanedTypes = [], referenceResolvers } = module
  const subgraph = await defineSubgraph<HubContext>({
    name,
    resolvers,
    orphanedTypes,
    referenceResolvers,
    directives: guardDirectives,
    guard: guardSchema,
    contextFor: request => HubContext.of(kernel, request.caller),
    finish: ctx => ctx.finish(),
    log,
  })
  await subgraph.start()
  return subgraph
}
