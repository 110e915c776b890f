import type { z } from 'zod'
import { nearest } from '../env/nearest.js'
import { knownKeys } from './schema.js'

export type Path = readonly PropertyKey[]

export interface Problem {
  path: Path
  /** What is wrong and what to do, without any value that may be secret. */
  message: string
}

/** What zod found, in words for the person who wrote the file. */
export function describeIssue(issue: z.core.$ZodIssue, file: unknown): Problem[] {
  const { path } = issue
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map(key => ({
      path: [...path, key],
      message: `is not known here${suggest(key, knownKeys(path))}`,
    }))
  if (valueAt(file, path) === undefined) return [{ path, message: 'is missing.' }]
  const message = issue.message.replace(
    /^Invalid input: expected (\w+).*$/,
    (_, type) => `must be ${SHAPES[type] ?? type}`,
  )
  return [{ path, message: `${message}.` }]
}

const SHAPES: Record<string, string> = {
  array: 'a list',
  object: 'a block of "key: value"',
  record: 'a block of "key: value"',
}

/** How an unknown word goes on: what was probably meant, or else what there is. */
export function suggest(word: string, known: readonly string[]): string {
  const near = nearest(word, known)
  return near ? `. Did you mean "${near}"?` : known.length > 0 ? `; known are ${known.join(', ')}.` : '.'
}

const valueAt = (value: unknown, path: Path): unknown =>
  path.reduce<unknown>((inner, step) => (inner as Record<PropertyKey, unknown> | null | undefined)?.[step], value)
