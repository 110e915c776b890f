import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll } from 'vitest'
import { importArguments } from '../../commands/importArguments.js'
import { importCommand } from '../../commands/importCommand.js'
import type { TestHub } from '../kit/startHub.js'

export interface Imported {
  code: number
  /** What stood on the screen. */
  said: string
}

export interface Importing {
  folder: string
  file(name: string, content: string | Buffer): Promise<string>
  /** As `npm run import -- …`. */
  run(...args: string[]): Promise<Imported>
  runWith(parts: { stdin?: Readable; signal?: AbortSignal; lang?: string }, ...args: string[]): Promise<Imported>
}

/** Imports into a hub's database by the command's own function. */
export async function importing(hub: TestHub): Promise<Importing> {
  const folder = await mkdtemp(join(tmpdir(), 'hub-import-'))
  afterAll(() => rm(folder, { recursive: true, force: true }))
  const runWith: Importing['runWith'] = async ({ stdin = Readable.from([]), signal, lang = 'en' }, ...args) => {
    const lines: string[] = []
    // The newest run is found by its time.
    hub.clock.advance({ seconds: 1 })
    const code = await importCommand(importArguments(args)!, {
      kernel: hub.kernel,
      config: hub.config,
      appUrl: hub.databaseUrls.appUrl,
      lang,
      stdin,
      signal,
      screen: { isTTY: false, stream: null, line: text => lines.push(text) },
    })
    return { code, said: lines.join('\n') }
  }
  return {
    folder,
    file: async (name, content) => {
      const path = join(folder, name)
      await writeFile(path, content)
      return path
    },
    run: (...args) => runWith({}, ...args),
    runWith,
  }
}
