import type { Path, Problem } from './problem.js'

const REFERENCE = /\$\{([^{}]*)\}/g
const FORM = /^([A-Za-z_][A-Za-z0-9_]*)(?::-(.*))?$/s

/**
 * Puts environment variables where the file says `${NAME}`, or `${NAME:-default}`. An empty variable counts as missing. What is missing
 * is a problem, and leaves a text behind so that the rest can be checked all the same.
 */
export function fillSecrets(
  value: unknown,
  env: Record<string, string | undefined>,
): { value: unknown; problems: Problem[] } {
  const problems: Problem[] = []
  const fill = (one: unknown, path: Path): unknown => {
    if (typeof one === 'string') return one.replaceAll(REFERENCE, (_, inner: string) => lookUp(inner, path))
    if (Array.isArray(one)) return one.map((entry, i) => fill(entry, [...path, i]))
    if (typeof one !== 'object' || one === null) return one
    return Object.fromEntries(Object.entries(one).map(([key, entry]) => [key, fill(entry, [...path, key])]))
  }
  const lookUp = (inner: string, path: Path): string => {
    const [, name, fallback] = FORM.exec(inner) ?? []
    const found = name && (env[name] || fallback)
    if (found !== undefined && found !== '') return found
    problems.push({
      path,
      message: name
        ? `asks for the environment variable ${name}, which is not set: set it, or give a default as \${${name}:-…}.`
        : 'holds a "$" and braces without the name of an environment variable in them.',
    })
    return 'missing'
  }
  return { value: fill(value, []), problems }
}
