import { readFile } from 'node:fs/promises'
import { isCollection, isMap, isPair, isScalar, type Node } from 'yaml'
import type { z } from 'zod'
import { messageOf } from '../errors.js'
import type { Config } from './config.js'
import { fillSecrets } from './fillSecrets.js'
import { describeIssue, type Path, type Problem } from './problem.js'
import { problemsAmong } from './problemsAmong.js'
import { readYaml } from './readYaml.js'
import { type ConfigFile, configFile } from './schema.js'
import { toConfig } from './toConfig.js'

/** Everything that is wrong with a configuration, one line each with place and what to do. Never shows a secret. */
export class ConfigError extends Error {
  constructor(
    readonly file: string,
    readonly problems: readonly string[],
  ) {
    super(`The configuration ${file} does not fit:\n${problems.map(problem => `  - ${problem}`).join('\n')}`)
    this.name = 'ConfigError'
  }
}

type Environment = Record<string, string | undefined>

/** Reads HUB_CONFIG; `env` holds the secrets it asks for as `${NAME}`. Throws one ConfigError for all that is wrong. */
export async function loadConfig(file: string, env: Environment): Promise<Config> {
  const text = await readFile(file, 'utf8').catch(error => {
    throw new ConfigError(file, [
      `It cannot be read (${messageOf(error)}): check HUB_CONFIG and the rights of the file.`,
    ])
  })
  return parseConfig(text, env, file)
}

/** The same for a text already read. */
export function parseConfig(text: string, env: Environment, file = 'HUB_CONFIG'): Config {
  const { doc, lines, problems: unread } = readYaml(text)
  if (unread.length > 0) throw new ConfigError(file, unread)
  const line = (path: Path) => lines.linePos(offsetOf(doc.contents, path)).line
  const refuse = (problems: readonly Problem[]): never => {
    const sorted = problems.map(problem => ({ ...problem, line: line(problem.path) })).sort((a, b) => a.line - b.line)
    throw new ConfigError(
      file,
      sorted.map(problem => `line ${problem.line}, ${pathText(problem.path)}: ${problem.message}`),
    )
  }

  const filled = fillSecrets(doc.toJS() ?? {}, env)
  const { data, error } = configFile.safeParse(filled.value)
  const problems = [...filled.problems, ...issuesOf(error, filled.value)]
  if (!data || problems.length > 0) return refuse(problems)
  const among = problemsAmong(data)
  return among.length > 0 ? refuse(among) : toConfig(data)
}

const issuesOf = (error: z.ZodError<ConfigFile> | undefined, value: unknown): Problem[] =>
  (error?.issues ?? []).flatMap(issue => describeIssue(issue, value))

/** `people[2].role`; the file itself where there is no path. */
const pathText = (path: Path): string =>
  path.map((step, i) => (typeof step === 'number' ? `[${step}]` : `${i > 0 ? '.' : ''}${String(step)}`)).join('') ||
  'file'

/** Where a value stands, or the nearest thing around it that exists; keys stand for themselves. */
function offsetOf(contents: Node | null, path: Path): number {
  let node: unknown = contents
  let offset = contents?.range?.[0] ?? 0
  for (const step of path) {
    if (!isCollection(node)) break
    const item: unknown = isMap(node)
      ? node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step))
      : node.items[Number(step)]
    if (!item) break
    const start = isPair(item) ? item.key : item
    offset = rangeStart(start) ?? offset
    node = isPair(item) ? item.value : item
  }
  return offset
}

const rangeStart = (node: unknown): number | undefined => (node as Node | undefined)?.range?.[0]
