import { type Line, linesOf } from '../../common/lines.js'
import { isHeading, type Layout, named, rowOf } from './columns.js'
import { csvFields } from './csvFields.js'
import type { Read, Row } from './row.js'

/** Longer than any record: names and numbers are shorter, and an application's data has a limit of its own. */
const LONGEST_LINE = 64 * 1024

/** What one line means; null where nobody can read it, undefined where it is no record. */
export type ReadLine = (text: string) => Row | null | undefined

/** Lines of comma-separated values; the first may name the columns. */
export function csvLines(layout: Layout, columns: readonly string[] | undefined): () => ReadLine {
  return () => {
    let names = columns && named(columns, layout)
    return text => {
      const fields = text === '' ? undefined : csvFields(text)
      if (!fields) return fields
      if (!isHeading(fields, layout)) return rowOf(names ?? layout.byCount[fields.length], fields, layout)
      names = named(fields, layout)
      return undefined
    }
  }
}

/** Lines of queue_log. */
export const queueLogLines = (): ReadLine => text => {
  if (text === '') return undefined
  const [time, callid, queue, member, event, data1, data2, data3] = text.split('|')
  return event === undefined ? null : { time, callid, queue, member, event, data1, data2, data3 }
}

/** The rows of a text. `share` says how much of it has been read after so many bytes. */
export async function* textRows(
  pieces: AsyncIterable<Buffer>,
  read: ReadLine,
  { cut, share }: { cut: boolean; share(bytes: number): number },
): AsyncGenerator<Read> {
  for await (const { text, bytes } of linesOf(pieces, { longest: LONGEST_LINE, cut }) as AsyncGenerator<Line>) {
    const row = text === null ? null : read(text)
    if (row !== undefined) yield { row, share: share(bytes) }
  }
}
