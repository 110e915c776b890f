/** One record, by the names of its columns; empty ones are left out. */
export type Row = Record<string, string | undefined>

/** Read from a source; null where it cannot be read. */
export interface Read {
  row: Row | null
  /** How much of the source has been read, from 0 to 1. */
  share: number
}

/** Where the rows of one kind come from. */
export interface RowSource {
  /** In words that hold no secret. */
  about: string
  /** The rows of that time, and perhaps others. Throws where it cannot be read, or not to its end. */
  rows(span: { from: Date; to: Date }, signal: AbortSignal): AsyncIterable<Read>
}
