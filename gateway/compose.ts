import { composeServices, sortSDL, transformSupergraphToPublicSchema } from '@theguild/federation-composition'
import { parse, print } from 'graphql'

export interface ComposableSubgraph {
  name: string
  sdl: string
  /** Where it listens, if anywhere; only noted in the supergraph. */
  url?: string
}

/** Composition failed; the message lists every reason on a line of its own. */
export class CompositionError extends Error {
  constructor(readonly reasons: readonly string[]) {
    super(`The subgraphs do not fit together:\n${reasons.map(reason => `- ${reason}`).join('\n')}`)
  }
}

/** The supergraph SDL of these subgraphs, in the same order whatever order they come in. Throws a CompositionError. */
export function composeSupergraph(subgraphs: readonly ComposableSubgraph[]): string {
  const services = subgraphs
    .map(({ name, sdl, url }) => ({ name, typeDefs: parse(sdl), ...(url && { url }) }))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
  const { supergraphSdl, errors } = composeServices(services)
  if (errors) throw new CompositionError(errors.map(readable))
  return supergraphSdl
}

/** What clients see of a supergraph. */
export function apiSchemaSdl(supergraph: string): string {
  return `${print(sortSDL(transformSupergraphToPublicSchema(parse(supergraph))))}\n`
}

const readable = ({ message, extensions }: { message: string; extensions: Record<string, unknown> }): string =>
  extensions.code ? `${message} (${extensions.code})` : message
