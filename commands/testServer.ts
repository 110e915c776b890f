import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { projectRoot } from '../kernel/projectRoot.js'

const PROGRAMS = '/usr/lib/postgresql'
const PORT = '54329'
/** Parts of the tests that speak SQL of their own, and what needs another server of the machine's packages. */
const TESTS = [
  'test/access',
  'test/call',
  'test/crm',
  'test/live',
  'test/sync',
  'test/federation/wakeByNats.test.ts',
  'kernel',
]

/** Runs the tests that depend on the database against the PostgreSQL server of the machine's packages. */
async function main(): Promise<number> {
  const version = existsSync(PROGRAMS) ? readdirSync(PROGRAMS).sort((a, b) => Number(b) - Number(a))[0] : undefined
  if (!version) throw new Error(`There is no PostgreSQL below ${PROGRAMS}: install the package "postgresql".`)
  const programs = join(PROGRAMS, version, 'bin')
  const folder = mkdtempSync(join(tmpdir(), 'hub-server-'))
  const user = serverUser()
  if (user) chownSync(folder, user.uid, user.gid)
  const password = randomUUID()
  const passwordFile = join(folder, 'password')
  writeFileSync(passwordFile, password)
  let server: ChildProcess | undefined
  try {
    run(
      join(programs, 'initdb'),
      [
        '-D',
        join(folder, 'data'),
        '-U',
        'postgres',
        '-A',
        'scram-sha-256',
        `--pwfile=${passwordFile}`,
        '--locale=C.UTF-8',
      ],
      user,
    )
    server = spawn(
      join(programs, 'postgres'),
      [
        '-D',
        join(folder, 'data'),
        '-p',
        PORT,
        '-k',
        folder,
        '-c',
        'listen_addresses=127.0.0.1',
        '-c',
        'fsync=off',
        '-c',
        'max_connections=200',
      ],
      { ...user, stdio: 'ignore' },
    )
    await answers(programs)
    console.log(`PostgreSQL ${version} runs; testing ${TESTS.join(', ')}.`)
    const vitest = join(projectRoot, 'node_modules', 'vitest', 'vitest.mjs')
    const { status } = spawnSync(process.execPath, [vitest, 'run', ...TESTS], {
      cwd: projectRoot,
      stdio: 'inherit',
      env: { ...process.env, TEST_DATABASE_URL: `postgresql://postgres:${password}@127.0.0.1:${PORT}/postgres` },
    })
    return status ?? 1
  } finally {
    if (server) await ended(server)
    rmSync(folder, { recursive: true, force: true })
  }
}

async function ended(server: ChildProcess): Promise<void> {
  const exit = new Promise(resolve => server.once('exit', resolve))
  server.kill('SIGINT')
  await exit
}

interface User {
  uid: number
  gid: number
}

/** PostgreSQL does not run as root. */
function serverUser(): User | undefined {
  if (process.getuid?.() !== 0) return undefined
  const { stdout } = spawnSync('id', ['-u', 'postgres'], { encoding: 'utf8' })
  const uid = Number(stdout.trim() || '65534')
  return { uid, gid: uid }
}

function run(program: string, args: string[], user: User | undefined): void {
  const { status, stderr } = spawnSync(program, args, { ...user, encoding: 'utf8' })
  if (status !== 0) throw new Error(`${program} failed: ${stderr}`)
}

async function answers(programs: string): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    if (spawnSync(join(programs, 'pg_isready'), ['-h', '127.0.0.1', '-p', PORT]).status === 0) return
    await new Promise(resolve => setTimeout(resolve, 100))
  }
  throw new Error('The server does not answer.')
}

process.exitCode = await main()
