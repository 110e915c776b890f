import { systemClock } from '../kernel/clock.js'
import { defaultDataDir } from '../kernel/postgres/index.js'
import { sandboxConfigPath } from '../sandbox/configPath.js'
import { openSandboxIssuer } from '../sandbox/issuer.js'
import { peopleIn } from '../sandbox/people.js'
import { TokenCommandError, tokenFor } from '../sandbox/tokenCommand.js'

const dataDir = defaultDataDir()

try {
  const people = await peopleIn(process.env.HUB_CONFIG ?? sandboxConfigPath)
  const token = await tokenFor(process.argv.slice(2), people, () => openSandboxIssuer(dataDir, systemClock))
  process.stdout.write(`${token}\n`)
} catch (error) {
  if (!(error instanceof TokenCommandError)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
}
