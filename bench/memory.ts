import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { systemClock } from '../kernel/clock.js'
import { openSandboxIssuer } from '../sandbox/issuer.js'
import { FEDERATED_QUERY } from './federated.js'
import { report } from './lib/results.js'

const PORT = 4790
const PEOPLE = ['admin', 'supervisor-north', 'supervisor-south', 'analyst', 'auditor', 'agent-north-1', 'agent-south-1']
const IDLE_MS = 10_000
const LOAD_MS = 15_000

/** How soon the built hub is ready, and how much memory all its processes use together (proportional set size; Linux only). */
export async function run(): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), 'hub-bench-'))
  // The server runs as another user when this runs as root.
  await chmod(dataDir, 0o755)
  try {
    const first = await measured(dataDir)
    const later = await measured(dataDir)
    await report(
      {
        title: 'Start and memory',
        about: `\`node dist/commands/start.js\` with the sandbox and its traffic: seconds until ready (building not counted), and megabytes of the hub with its PostgreSQL, shared pages counted once: ${IDLE_MS / 1000} s after the start, and while ${PEOPLE.length} people ask the federated query as often as they may.`,
        header: ['', 'ready s', 'idle MB', 'loaded MB'],
        rows: [
          ['first start, 300 customers and 20,000 calls are loaded', ...first],
          ['later starts', ...later],
        ],
      },
      new Date(),
    )
  } finally {
    await rm(dataDir, { recursive: true, force: true })
  }
}

async function measured(dataDir: string): Promise<string[]> {
  const began = performance.now()
  const hub = spawn(process.execPath, [join(import.meta.dirname, '..', 'commands', 'start.js')], {
    env: { ...process.env, PORT: String(PORT), HUB_DATA: dataDir, NODE_ENV: 'development', LOG_LEVEL: 'error' },
    stdio: 'ignore',
  })
  await ready(hub)
  const seconds = (performance.now() - began) / 1000
  await wait(IDLE_MS)
  const idle = await megabytes(hub.pid!)
  const load = asking(dataDir)
  await wait(LOAD_MS)
  const loaded = await megabytes(hub.pid!)
  load.stop()
  await load.done
  hub.kill('SIGINT')
  await once(hub, 'exit')
  return [seconds.toFixed(1), idle.toFixed(0), loaded.toFixed(0)]
}

async function ready(hub: ChildProcess): Promise<void> {
  while (hub.exitCode === null) {
    const answer = await fetch(`http://127.0.0.1:${PORT}/health/ready`).catch(() => null)
    if (answer?.ok) return
    await wait(50)
  }
  throw new Error('The hub did not start.')
}

function asking(dataDir: string): { stop(): void; done: Promise<unknown> } {
  let stopped = false
  const lane = async (person: string) => {
    const issuer = await openSandboxIssuer(dataDir, systemClock)
    const authorization = `Bearer ${await issuer.issueToken(person, 600)}`
    const body = JSON.stringify({ query: FEDERATED_QUERY })
    while (!stopped) {
      const answer = await fetch(`http://127.0.0.1:${PORT}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization },
        body,
      })
      await answer.arrayBuffer()
      if (answer.status === 429) await wait(100)
    }
  }
  const stop = () => {
    stopped = true
  }
  return { stop, done: Promise.all(PEOPLE.map(lane)) }
}

/** Of the process and all below it; what several share is counted once. */
async function megabytes(root: number): Promise<number> {
  const pids = (await readdir('/proc')).filter(name => /^\d+$/.test(name))
  const parents = new Map<string, string>()
  for (const pid of pids) {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
    parents.set(pid, stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1] ?? '')
  }
  const isBelow = (pid: string | undefined): boolean => pid === String(root) || (!!pid && isBelow(parents.get(pid)))
  let kilobytes = 0
  for (const pid of pids.filter(isBelow)) {
    const rollup = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8').catch(() => '')
    kilobytes += Number(/^Pss:\s+(\d+)/m.exec(rollup)?.[1] ?? 0)
  }
  return kilobytes / 1024
}
