import { maskFreeText } from '../../../../kernel/mask/index.js'
import { readable } from '../../../../kernel/text.js'
import { Cells } from '../map/cells.js'
import { type Columns, columnsOf, presentFields } from '../map/columns.js'
import { type ImportType, missingFields, namesOf } from '../map/fields.js'
import { because, type Mapped, rejected, type Surroundings } from '../map/mapped.js'
import type { Mapping } from '../map/mapping.js'
import { csvRows, type Delimiter } from '../read/csvRows.js'
import { type Encoding, inUtf8 } from '../read/encoding.js'
import { ImportRefused } from '../read/importRefused.js'
import { jsonRows } from '../read/jsonRows.js'
import type { Format, Row } from '../read/row.js'
import type { Source } from '../read/source.js'
import type { Target } from './targets.js'

/** Rows that are looked at before anything is written: lines of JSON need not name everything they know. */
const LOOKED_AT = 100
const MOST_NAMED = 20
const LONGEST_NAMED = 40

export interface TableSettings {
  source: Source
  type: ImportType
  target: Target<unknown>
  format: Format
  delimiter: Delimiter
  encoding: Encoding
  mapping: Mapping
  zone: string
  surroundings: Surroundings
}

export interface ReadRow {
  row: Row
  mapped: Mapped<unknown>
}

/** A list, read row by row into records. */
export class Table {
  /** Names of columns that nobody knows, masked and cut: in a list without names they would be values. */
  readonly unknown = new Set<string>()
  readonly #present = new Set<string>()
  readonly #first: Row[] = []
  #rows: AsyncGenerator<Row> | undefined
  readonly #columns = new WeakMap<readonly string[], Columns>()

  constructor(private readonly settings: TableSettings) {}

  /** Throws where the list does not say what it must, before anything is made of it. */
  async begin(): Promise<void> {
    this.#rows = this.#read()
    while (this.#first.length < LOOKED_AT) {
      const { value, done } = await this.#rows.next()
      if (done) break
      this.#first.push(value)
    }
    // Lines that are no JSON at all say for themselves what is wrong with them.
    if (this.#first.length > 0 && this.#first.every(({ names }) => names.length === 0)) return
    for (const { names } of this.#first) this.#columnsOf(names)
    try {
      refuseMissing(this.settings.type, this.#present, this.unknown, this.settings.format)
    } catch (error) {
      await this.#rows.return(undefined)
      throw error
    }
  }

  /** Rows from the first one on; to be called once, after `begin`. */
  async *rows(): AsyncGenerator<ReadRow> {
    for (const row of this.#first.splice(0)) yield { row, mapped: this.#mapped(row) }
    for await (const row of this.#rows!) yield { row, mapped: this.#mapped(row) }
  }

  #read(): AsyncGenerator<Row> {
    const { source, encoding, format, delimiter } = this.settings
    const utf8 = inUtf8(source.read(), encoding)
    return format === 'csv' ? csvRows(utf8, delimiter, names => this.#columnsOf(names)) : jsonRows(utf8)
  }

  #mapped(row: Row): Mapped<unknown> {
    const { target, mapping, zone, surroundings } = this.settings
    if (row.problem) return rejected(because('row', row.problem))
    return target.mapped(new Cells(row.values, this.#columnsOf(row.names), mapping, zone), surroundings)
  }

  #columnsOf(names: readonly string[]): Columns {
    const known = this.#columns.get(names)
    if (known) return known
    const columns = columnsOf(this.settings.type, names, this.settings.mapping)
    this.#columns.set(names, columns)
    for (const field of presentFields(this.settings.type, columns, this.settings.mapping)) this.#present.add(field)
    for (const name of columns.unknown) if (this.unknown.size < MOST_NAMED) this.unknown.add(shown(name))
    return columns
  }
}

/** Says what is missing, and which names would be understood. */
export function refuseMissing(
  type: ImportType,
  present: ReadonlySet<string>,
  unknown: ReadonlySet<string>,
  format: Format,
): void {
  const missing = missingFields(type, present)
  if (missing.length === 0) return
  const understood = missing.map(group => {
    const fields = group.flatMap(one => one.split('+'))
    return `- ${group.join(' or ')}: ${fields.flatMap(field => namesOf(type, field)).join(', ')}`
  })
  const where = format === 'csv' ? 'columns, whose names stand in the first row' : 'keys of its lines'
  const others = present.size > 0 && unknown.size > 0 ? [`Not understood: ${[...unknown].join(', ')}.`] : []
  throw new ImportRefused(
    [
      `The file does not say enough: ${type} need these ${where}. These names are understood:`,
      ...understood,
      ...others,
      'Name your columns in a mapping (--map FILE.yaml), or rename them. Nothing was written.',
    ].join('\n'),
  )
}

const shown = (name: string): string => maskFreeText(readable(name).replaceAll(/\s+/g, ' ')).slice(0, LONGEST_NAMED)
