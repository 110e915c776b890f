import { spawn } from 'node:child_process'
import { explainFailure } from './explain.js'
import { runAs, type ServerUser } from './serverUser.js'

/** The hub's own environment holds secrets, and PostgreSQL would take its PG… variables for itself. Its messages are read in English. */
export const cleanEnvironment = { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' }

/** Runs one of PostgreSQL's programs to its end. Throws, with what to do, when it fails. */
export function runProgram(
  command: string,
  args: readonly string[],
  { user, input = '' }: { user: ServerUser | null; input?: string },
): Promise<void> {
  return new Promise((done, fail) => {
    const child = spawn(command, args, {
      ...runAs(user),
      cwd: '/',
      env: cleanEnvironment,
      stdio: ['pipe', 'ignore', 'pipe'],
    })
    let said = ''
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text
    })
    child.on('error', error => fail(explainFailure(error.message, { command })))
    child.on('close', code => (code === 0 ? done() : fail(explainFailure(said, { command }))))
    // A program that ended early has closed its input; its exit says why.
    child.stdin.on('error', () => {})
    child.stdin.end(input)
  })
}
