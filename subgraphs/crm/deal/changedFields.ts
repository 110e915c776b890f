import type { DealInput } from './dealInput.js'

const FIELDS = ['orderNo', 'title', 'amount', 'stage', 'cost'] as const

/** The fields that an input changes, as rules name them: null clears, and so changes too. A currency belongs to the amount. */
export function changedFields(input: DealInput): string[] {
  const fields = FIELDS.filter(field => input[field] !== undefined)
  return input.currency != null && !fields.includes('amount') ? [...fields, 'amount'] : fields
}
