import { parseArgs } from 'node:util'
import { longestTtlSeconds, type SandboxIssuer } from './issuer.js'
import { ttlSeconds } from './ttl.js'

/** Something the person at the keyboard can put right. */
export class TokenCommandError extends Error {}

export const usage = 'Usage: npm run -s token -- PERSON [--ttl 1h]'

/** One token for a person of the configuration. Throws TokenCommandError with what to do instead. */
export async function tokenFor(
  args: readonly string[],
  people: readonly { id: string; name: string }[],
  openIssuer: () => Promise<SandboxIssuer>,
): Promise<string> {
  const { person, ttl } = parsed(args)
  const seconds = ttlSeconds(ttl)
  if (seconds === null || seconds < 1) throw new TokenCommandError('--ttl takes a time such as 90s, 30m or 1h.')
  if (seconds > longestTtlSeconds) throw new TokenCommandError('A token lives 12 hours at most: --ttl 12h.')
  if (!people.some(({ id }) => id === person)) throw new TokenCommandError(`There is no "${person}". ${listOf(people)}`)
  return (await openIssuer()).issueToken(person, seconds)
}

function parsed(args: readonly string[]): { person: string; ttl: string } {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { ttl: { type: 'string', default: '1h' } },
    })
    if (positionals.length === 1) return { person: positionals[0]!, ttl: values.ttl }
  } catch {
    // An unknown option: the usage below says what there is.
  }
  throw new TokenCommandError(usage)
}

const listOf = (people: readonly { id: string; name: string }[]) =>
  ['The people are:', ...people.map(({ id, name }) => `  ${id.padEnd(18)} ${name}`)].join('\n')
