import type { UpdateCustomerInput } from './customerInput.js'

const FIELDS = [
  'name',
  'email',
  'address',
  'company',
  'stage',
  'stageLabel',
  'source',
  'tags',
  'extra',
  'internalNote',
] as const

/** The fields that an update asks to change, as rules name them: absent is not null, and to allow calls again is a right of its own. */
export function changedFields(input: Omit<UpdateCustomerInput, 'id' | 'version'>): string[] {
  const fields: string[] = FIELDS.filter(field => input[field] !== undefined)
  if (input.addPhone != null) fields.push('phone')
  if (input.doNotCall === true) fields.push('doNotCall')
  if (input.doNotCall === false) fields.push('mayBeCalled')
  return fields
}
