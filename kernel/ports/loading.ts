/** What became of a record that was loaded in bulk. */
export type LoadOutcome =
  | 'CREATED'
  /** Tied to a customer who was there already; nothing of them was overwritten. */
  | 'LINKED'
  /** Loaded before: left as it is. */
  | 'KNOWN'
  | 'REJECTED'

/** Why a field is left out, or a record is not taken. Words for people are made of it; it holds no value. */
export type LoadReason =
  | 'MISSING'
  | 'UNREADABLE'
  | 'TOO_LONG'
  | 'NO_NAME'
  | 'NO_NUMBER'
  | 'NO_EMAIL'
  | 'NO_TIME'
  | 'NO_DURATION'
  | 'NO_AMOUNT'
  | 'NO_RATING'
  | 'UNKNOWN_WORD'
  | 'BEFORE_START'
  | 'NOT_ANSWERED'
  | 'NO_PERSON'
  | 'SEVERAL_PEOPLE'
  | 'NO_CUSTOMER'
  | 'SEVERAL_CUSTOMERS'
  | 'COLUMNS'
  | 'TOO_LARGE'
  | 'NO_JSON'

export interface LoadProblem {
  /** Name of the field, such as `email`; `row` where it is the whole. */
  field: string
  reason: LoadReason
}

export interface Loaded {
  outcome: LoadOutcome
  /** Of a record that was rejected: why. Of any other: what was left out. */
  problems: LoadProblem[]
  /** Somebody else has its number too: nothing was merged. */
  shared?: boolean
}
