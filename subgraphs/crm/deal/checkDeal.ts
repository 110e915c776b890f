import { badInput } from '../../../kernel/errors.js'
import { isText } from '../../../kernel/text.js'
import type { DealInput } from './dealInput.js'

const LONGEST = { orderNo: 100, title: 200 } as const
/** What the columns hold: 16 digits before the point and 4 behind it. */
const SUM = /^-?\d{1,16}(?:\.\d{1,4}0*)?$/

/** Throws BAD_USER_INPUT, naming the field, for a value no deal can have. */
export function checkDeal(input: DealInput): void {
  for (const field of ['orderNo', 'title'] as const) {
    const most = LONGEST[field]
    const text = input[field] ?? ''
    if (!isText(text)) throw badInput(`input.${field}`, 'There are characters in it that nobody can read.')
    if (text.length > most) throw badInput(`input.${field}`, `This has ${most} characters at most.`)
  }
  if (input.orderNo === '') throw badInput('input.orderNo', 'Leave it out, or null, where there is none.')
  for (const field of ['amount', 'cost'] as const) {
    if (input[field] != null && !SUM.test(input[field]))
      throw badInput(`input.${field}`, 'A sum has 16 digits at most, and 4 behind the point.')
  }
  if (input.currency != null && !/^[A-Z]{3}$/.test(input.currency))
    throw badInput('input.currency', 'A currency has three capital letters, such as CNY.')
}
