import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import type { TestServer } from '../../kit/postgresDoor.js'

export interface ChildHub extends TestServer {
  process: ChildProcess
  /** Kills it as `kill -9` does. */
  kill(): Promise<void>
  stop(): Promise<void>
}

interface Options {
  uid?: number
  gid?: number
  biPort?: number
}

const here = import.meta.dirname

/** Starts `hub.ts` as a process of its own, of another user where one is given. Rejects with what it said when it does not start. */
export async function runHub(dataDir: string, { biPort, ...user }: Options = {}): Promise<ChildHub> {
  const flags = ['--experimental-transform-types', '--disable-warning=ExperimentalWarning']
  const child = spawn(
    process.execPath,
    [...flags, '--import', join(here, 'typescript.mjs'), join(here, 'hub.ts'), dataDir, String(biPort ?? '')],
    { ...user, cwd: '/', stdio: ['ignore', 'pipe', 'pipe'] },
  )
  const said = text(child.stderr)
  const exited = once(child, 'exit')
  const urls = new Promise<TestServer>((done, fail) => {
    createInterface({ input: child.stdout }).once('line', line => done(JSON.parse(line) as TestServer))
    void exited.then(async () => fail(new Error(await said)))
  })
  const end = async (signal: 'SIGKILL' | 'SIGTERM') => {
    child.kill(signal)
    await exited
  }
  return { ...(await urls), process: child, kill: () => end('SIGKILL'), stop: () => end('SIGTERM') }
}
