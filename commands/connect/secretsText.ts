import { parseEnv } from 'node:util'

const HEADER = '# Secrets of the configuration beside this file. Keep it to yourself.'

/** The file of secrets with these in it. Throws for a value that such a file cannot hold. */
export function withSecrets(text: string | null, secrets: Readonly<Record<string, string>>): string {
  const kept = (text ?? HEADER).split('\n').filter(line => !Object.keys(secrets).some(name => isOf(name, line)))
  const lines = Object.entries(secrets).map(([name, value]) => `${name}=${quoted(name, value)}`)
  return `${[...kept.join('\n').trimEnd().split('\n'), ...lines].join('\n')}\n`
}

const isOf = (name: string, line: string): boolean => line.trimStart().startsWith(`${name}=`)

function quoted(name: string, value: string): string {
  const quote = ["'", '"', '`'].find(one => !value.includes(one))
  const line = quote && `${quote}${value}${quote}`
  if (!line || parseEnv(`${name}=${line}`)[name] !== value)
    throw new Error(`${name} holds characters that a file of secrets cannot: set it in the environment yourself.`)
  return line
}
