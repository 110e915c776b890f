import type { LoadProblem, LoadReason } from '../../../../kernel/ports/index.js'

/** What a row became: a record and what of the row was left out; or none, and why. */
export interface Mapped<T> {
  record: T | null
  problems: readonly LoadProblem[]
}

export const rejected = (...problems: LoadProblem[]): Mapped<never> => ({ record: null, problems })

export const because = (field: string, reason: LoadReason): LoadProblem => ({ field, reason })

/** What mapping needs to know besides the row. */
export interface Surroundings {
  /** Area code of landline numbers that have none. */
  areaCode?: string
  /** ISO 4217, for sums that name none. */
  currency: string
  /** A keyed digest, which tells equal things and nothing else of them. */
  digest(text: string): string
}
