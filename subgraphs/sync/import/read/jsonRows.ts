import { remember } from '../../../../kernel/remember.js'
import type { Row } from './row.js'

const LONGEST = 1024 * 1024
/** Of a line that cannot be read, this much is kept for a person. */
const KEPT = 10_000
/** Lists have a few shapes; one that has more is read as well, only slower. */
const SHAPES = 1000

/** Rows of one JSON object per line, in UTF-8 and bounded memory: a line that is longer than any row is passed over, and says so. */
export async function* jsonRows(utf8: AsyncIterable<Buffer>): AsyncGenerator<Row> {
  const shapes = new Map<string, readonly string[]>()
  let number = 0
  for await (const line of lines(utf8)) {
    number++
    if (line === null) {
      yield { number, names: [], values: [], problem: 'TOO_LARGE' }
      continue
    }
    const text = line.toString()
    if (text.trim() === '') continue
    const object = objectIn(text)
    if (!object) yield { number, names: [], values: [], problem: 'NO_JSON', line: text.slice(0, KEPT) }
    else {
      const names = Object.keys(object)
      if (shapes.size >= SHAPES) shapes.clear()
      const shape = remember(shapes, names.join('\0'), () => names)
      yield { number, names: shape, values: names.map(name => textOf(object[name])) }
    }
  }
}

function objectIn(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return value !== null && typeof value === 'object' && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined
  } catch {
    return undefined
  }
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (Array.isArray(value) && value.every(one => typeof one !== 'object')) return value.join(',')
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

/** null: longer than any row. */
async function* lines(utf8: AsyncIterable<Buffer>): AsyncGenerator<Buffer | null> {
  let parts: Buffer[] = []
  let length = 0
  const take = (part: Buffer) => {
    length += part.length
    if (length <= LONGEST) parts.push(part)
    else parts = []
  }
  const end = (): Buffer | null => {
    const line = length > LONGEST ? null : Buffer.concat(parts)
    parts = []
    length = 0
    return line
  }
  for await (const chunk of utf8) {
    let from = 0
    for (let to = chunk.indexOf(0x0a); to >= 0; to = chunk.indexOf(0x0a, from)) {
      take(chunk.subarray(from, to))
      yield end()
      from = to + 1
    }
    take(chunk.subarray(from))
  }
  if (length > 0) yield end()
}
