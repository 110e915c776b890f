import { type ChildProcess, spawn } from 'node:child_process'
import { chown, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import type { Log } from '../log/index.js'
import { ends } from './endLeftOver.js'
import { explainFailure } from './explain.js'
import { readPostmasterPid } from './postmasterPid.js'
import type { Program } from './program.js'
import { cleanEnvironment } from './runProgram.js'
import { runAs, type ServerUser } from './serverUser.js'
import { accessRules, serverSettings } from './settings.js'

interface Launch {
  cluster: string
  program: Program
  user: ServerUser | null
  socket: string
  durable: boolean
  biPort: number | null
  log: Log
}

export interface Server {
  port: number
  stop(): Promise<void>
}

/**
 * Runs the server, and ends it in order as soon as its own input ends: that happens too when the hub is killed, since only the hub
 * holds the other end. A line on it asks the server to end once everybody has left: connections that were closed a moment ago may still be
 * there, and would be told of an error that nobody listens for. A session of its own keeps the terminal's Ctrl-C from it, which is for the hub.
 */
const KEEPER = `
exec 3<&0
"$@" 3<&- </dev/null & server=$!
{ read -r _ <&3 && kill -TERM "$server" && read -r _ <&3; kill -INT "$server"; } 2>/dev/null & keeper=$!
wait "$server"; code=$?
kill "$keeper" 2>/dev/null
exit "$code"`

const DEFAULT_PORT = 5432
const READY = 'database system is ready to accept connections'
const STOP_MS = 30_000
/** How long those who are connected to it may stay when it is to end. */
const LEAVE_MS = 2000

/** Starts the server on a cluster and waits until it takes connections. */
export async function launch({ cluster, program, user, socket, durable, biPort, log }: Launch): Promise<Server> {
  const rules = join(cluster, 'pg_hba.conf')
  await writeFile(rules, accessRules)
  if (user) await chown(rules, user.uid, user.gid)
  const port = biPort ?? DEFAULT_PORT
  const args = [program.postgres, '-D', cluster, ...serverSettings({ socket, port, durable, biPort })]
  const child = spawn('/bin/sh', ['-c', KEEPER, 'sh', ...args], {
    ...runAs(user),
    cwd: '/',
    env: cleanEnvironment,
    detached: true,
    stdio: ['pipe', 'ignore', 'pipe'],
  })
  child.stdin.on('error', () => {})
  const ended = new Promise<void>(done => child.once('close', () => done()))
  await ready(child, child.stderr, log, { biPort })
  let stopping = false
  void ended.then(() => {
    if (!stopping) log.error({ part: 'postgres' }, 'PostgreSQL ended by itself')
  })
  // A hub that ends without stopping it must not be kept alive by it.
  hold(child, false)
  return {
    port,
    stop: async () => {
      stopping = true
      hold(child, true)
      child.stdin.write('\n')
      const left = setTimeout(() => child.stdin.end(), LEAVE_MS)
      const late = setTimeout(() => void endAtOnce(cluster, log), STOP_MS)
      await ended
      clearTimeout(left)
      clearTimeout(late)
      child.stdin.end()
    },
  }
}

async function endAtOnce(cluster: string, log: Log): Promise<void> {
  log.warn({ part: 'postgres' }, 'PostgreSQL does not end in order, ending it at once')
  const server = await readPostmasterPid(cluster)
  if (server) await ends(server.pid, 'SIGQUIT')
}

function hold(child: ChildProcess, held: boolean): void {
  const call = held ? 'ref' : 'unref'
  child[call]()
  // The pipes are sockets, which their general types do not say.
  for (const pipe of [child.stdin, child.stderr] as ((Readable | Writable) & { ref(): void; unref(): void })[])
    pipe[call]()
}

/** Resolves when the server says so, rejects when it ends before. What it says of itself goes to the log. */
function ready(child: ChildProcess, stderr: Readable, log: Log, { biPort }: { biPort: number | null }): Promise<void> {
  return new Promise((done, fail) => {
    const said: string[] = []
    let isReady = false
    createInterface({ input: stderr }).on('line', line => {
      if (!isReady) said.push(line)
      if (/^(FATAL|PANIC):/.test(line) && isReady) log.warn({ part: 'postgres' }, line)
      else log.debug({ part: 'postgres' }, line)
      if (!line.includes(READY)) return
      isReady = true
      done()
    })
    child.once('error', error => fail(explainFailure(error.message, { command: '/bin/sh' })))
    child.once('close', () => fail(explainFailure(said.join('\n'), { command: 'postgres', biPort })))
  })
}
