import type { Env } from '../kernel/env/index.js'
import { type AttributionProvider, readAttributionFile } from '../kernel/phone/index.js'

/** The operator's table of prefixes, if there is one. */
export const attributionOf = async ({ attributionPath }: Env): Promise<AttributionProvider | undefined> =>
  attributionPath === null ? undefined : readAttributionFile(attributionPath)
