import { Readable } from 'node:stream'
import { CsvError, parse } from 'csv-parse'
import { ImportRefused } from './importRefused.js'
import type { Row } from './row.js'

/** No honest row is longer; a quote that is never closed is found out after this. */
const LONGEST = 256 * 1024

export const delimiters = [',', ';', '\t', '|'] as const
export type Delimiter = (typeof delimiters)[number]

/** What stands between the names of the first line. */
export function delimiterIn(head: string): Delimiter {
  const line = /^[^\r\n]*/.exec(head)![0].replaceAll(/"[^"]*"/g, '')
  const count = (one: string) => line.split(one).length
  return delimiters.reduce((best, one) => (count(one) > count(best) ? one : best))
}

/**
 * Rows of comma-separated values in UTF-8, in bounded memory; `named` is told the names of the first row. A row of another number of columns says
 * so.
 */
export async function* csvRows(
  utf8: AsyncIterable<Buffer>,
  delimiter: Delimiter,
  named: (names: readonly string[]) => void,
): AsyncGenerator<Row> {
  const parser = parse({
    delimiter,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    // A quote within a text is a quote, as people write it.
    relax_quotes: true,
    max_record_size: LONGEST,
  })
  const bytes = Readable.from(utf8, { objectMode: false })
  bytes.on('error', error => parser.destroy(error))
  bytes.pipe(parser)
  let names: string[] | null = null
  let number = 0
  try {
    for await (const values of parser as AsyncIterable<string[]>) {
      number++
      if (values.every(value => value.trim() === '')) continue
      if (names === null) {
        names = values.map(name => name.trim())
        named(names)
      } else if (values.length === names.length) yield { number, names, values }
      else yield { number, names, values, problem: 'COLUMNS' }
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    throw new ImportRefused(
      `Row ${number + 1} cannot be read: a quote is opened and never closed, or the row is longer than ${LONGEST / 1024} KB. Mend it, and import the file again: rows before it are known then.`,
    )
  } finally {
    bytes.destroy()
    parser.destroy()
  }
}
