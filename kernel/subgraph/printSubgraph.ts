import { type FederatedSchemaParts, federatedSchema } from './federatedSchema.js'
import { FEDERATION_LINK } from './federation.js'

/** The SDL of a subgraph as it would be defined, without starting anything. */
export async function printSubgraph(parts: Omit<FederatedSchemaParts, 'header'>): Promise<string> {
  const { sdl } = await federatedSchema({ ...parts, header: FEDERATION_LINK })
  return sdl
}
