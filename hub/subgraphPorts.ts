import { type Env, isLoopback, type SubgraphName } from '../kernel/env/index.js'
import { type InternalTokens, type Subgraph, type SubgraphPort, subgraphPort } from '../kernel/subgraph/index.js'
import type { Tls } from './readTls.js'

export interface SubgraphPortsSettings {
  subgraphs: readonly Subgraph[]
  listen: NonNullable<Env['subgraphListen']>
  tokens: InternalTokens
  tls: Tls | null
}

export interface SubgraphPorts {
  /** By name of the subgraph. */
  urls: ReadonlyMap<string, string>
  stop(): Promise<void>
}

/** Offers the subgraphs of this process to gateways in other processes, each on its port. */
export async function openSubgraphPorts({
  subgraphs,
  listen,
  tokens,
  tls,
}: SubgraphPortsSettings): Promise<SubgraphPorts> {
  const open: SubgraphPort[] = []
  const urls = new Map<string, string>()
  const stop = async () => {
    await Promise.all(open.splice(0).map(port => port.stop()))
  }
  try {
    for (const subgraph of subgraphs) {
      const port = subgraphPort({ subgraph, tokens, tls: tls && !isLoopback(listen.host) ? tls : undefined })
      urls.set(subgraph.name, await port.listen(listen.ports[subgraph.name as SubgraphName], listen.host))
      open.push(port)
    }
  } catch (error) {
    await stop()
    throw error
  }
  return { urls, stop }
}
