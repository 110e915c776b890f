import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { projectRoot } from '../../kernel/projectRoot.js'

export interface HubProcess {
  process: ChildProcess
  /** As `kill -9` does. */
  kill(): Promise<void>
  /** Resolves with its exit code. */
  stop(): Promise<number | null>
}

/** The hub as it is built, in a folder of its own, so that nobody else's build gets in between. `await using` removes it. */
export function buildHub(): Disposable & { folder: string } {
  const cache = join(projectRoot, 'node_modules', '.cache')
  mkdirSync(cache, { recursive: true })
  const folder = mkdtempSync(join(cache, 'hub-build-'))
  const tsc = join(projectRoot, 'node_modules', 'typescript', 'bin', 'tsc')
  const options = ['--noCheck', '--incremental', 'false', '--sourceMap', 'false', '--outDir', folder]
  const { status, stdout } = spawnSync(process.execPath, [tsc, '-p', projectRoot, ...options], { encoding: 'utf8' })
  if (status !== 0) throw new Error(`The hub could not be built: ${stdout}`)
  return { folder, [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }) }
}

/** Starts it with these settings and no others; resolves once it is ready, and rejects with what it said when it does not start. */
export async function runProcess(folder: string, settings: Record<string, string>): Promise<HubProcess> {
  const child = spawn(process.execPath, [join(folder, 'commands', 'start.js')], {
    env: { PATH: process.env.PATH, ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const said = text(child.stderr)
  const exited = once(child, 'exit') as Promise<[number | null]>
  await new Promise<void>((done, fail) => {
    createInterface({ input: child.stdout }).on('line', line => {
      if (line.startsWith('Ready in')) done()
    })
    void exited.then(async () => fail(new Error(await said)))
  })
  const end = async (signal: 'SIGKILL' | 'SIGTERM') => {
    child.kill(signal)
    return (await exited)[0]
  }
  return { process: child, kill: () => end('SIGKILL').then(() => undefined), stop: () => end('SIGTERM') }
}

/** The first of five ports of 127.0.0.1, one after the other, that nobody had a moment ago. */
export async function freePorts(): Promise<number> {
  for (;;) {
    const first = 20_000 + Math.floor(Math.random() * 12_000)
    const servers = [0, 1, 2, 3, 4].map(i => createServer().listen(first + i, '127.0.0.1'))
    const free = await Promise.all(
      servers.map(server =>
        once(server, 'listening').then(
          () => true,
          () => false,
        ),
      ),
    )
    await Promise.all(servers.map(server => new Promise(done => server.close(done))))
    if (free.every(Boolean)) return first
  }
}
