import type { LoadReason } from '../../../../kernel/ports/index.js'

/** One row of a list. */
export interface Row {
  /** As a spreadsheet counts: the names of the columns stand in row 1; of lines of JSON the number of the line. */
  number: number
  /** Names of the columns; the same array for rows that have the same. */
  names: readonly string[]
  values: readonly string[]
  /** Why it cannot be read at all. */
  problem?: LoadReason
  /** What stood there, where it is worth keeping for a person. */
  line?: string
}

export type Format = 'csv' | 'ndjson'
