import type { TestProject } from 'vitest/node'
import { openPostgresDoor } from './postgresDoor.js'

declare module 'vitest' {
  export interface ProvidedContext {
    /** Where `freshDatabase` asks for the run's PostgreSQL, and the run's number. */
    postgres: { door: string; run: number }
  }
}

/** Once for each run of vitest. Returns what ends it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const door = await openPostgresDoor()
  project.provide('postgres', { door: door.path, run: process.pid })
  return door.close
}
