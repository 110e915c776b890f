import type { Program } from './program.js'
import { runProgram } from './runProgram.js'
import type { ServerUser } from './serverUser.js'

interface Target {
  program: Program
  cluster: string
  user: ServerUser | null
}

/** Runs statements without a server and without a password, as the one who owns the files. Each stands on one line. */
export async function singleUser({ program, cluster, user }: Target, statements: readonly string[]): Promise<void> {
  const args = ['--single', '-D', cluster, '-c', 'exit_on_error=on', '-c', 'log_min_error_statement=panic', 'postgres']
  await runProgram(program.postgres, args, { user, input: `${statements.join('\n')}\n` })
}
