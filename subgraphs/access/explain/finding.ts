import type { Condition, Role } from '../../../kernel/ability/index.js'

/** What a rule asks of a column, and what the row has there. */
export interface Reason {
  column: string
  asks: string[]
  has: string | null
}

/** One reason why a person may or may not read a field of a row. */
export type Finding =
  /** A standing right of the role lets this row through. */
  | { kind: 'ROLE'; role: Role; reasons: Reason[] }
  | { kind: 'GRANT'; grantId: string; endsAt: Date | null }
  /** The field may be read, but not as it is. */
  | { kind: 'MASKED' }
  /** Personal values in the field may, or may not, be read in full. */
  | { kind: 'REVEAL'; allowed: boolean }
  /** A rule names the field, but for other rows. */
  | { kind: 'OTHER_ROWS'; role: Role; reasons: Reason[] }
  | { kind: 'NO_RULE'; role: Role }
  | { kind: 'NO_GRANT' }
  | { kind: 'ROW_UNSEEN' }
  | { kind: 'INACTIVE' }

/** The columns of a condition beside those of the row. */
export function reasonsOf(condition: Condition | undefined, row: object): Reason[] {
  return Object.entries(condition ?? {}).map(([column, test]) => {
    const asked = typeof test === 'object' && test !== null ? test.$in : [test]
    const value = (row as Record<string, unknown>)[column]
    return { column, asks: asked.map(String), has: value == null ? null : String(value) }
  })
}
