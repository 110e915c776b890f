import { join } from 'node:path'
import type { SandboxLog } from '../log.js'
import { JsonStore } from './jsonStore.js'

/** Which world the sandbox is, and when it was first looked at: the same for the servers and for whoever loads its past. */
export interface Origin {
  seed: number
  until: Date
}

export const sandboxFolder = (dataDir: string) => join(dataDir, 'sandbox')

/** Remembered from the first start on, so that a later load of the same world gives the same records and dates. */
export async function sandboxOrigin(dataDir: string, now: Date, seed: number, log: SandboxLog): Promise<Origin> {
  const path = join(sandboxFolder(dataDir), 'origin.json')
  const store = await JsonStore.open(path, () => ({ seed, until: now.toISOString() }), log)
  return { seed: store.value.seed, until: new Date(store.value.until) }
}
