import { foldCode, foldDigits } from '../phone/foldDigits.js'
import { emailsIn } from './emails.js'
import { isDigit } from './groups.js'
import { STARS } from './maskPhone.js'
import { numbersIn } from './numbers.js'
import { replaceSpans } from './span.js'

/** Fewer digits than this are no number of a person. */
const MIN_DIGITS = 7

/**
 * Masks phone numbers, id-card and bank-card numbers and e-mail addresses that were pasted into a text, in digits of any script and any
 * grouping, and leaves the rest as it is: dates, times, amounts, order numbers with letters. When in doubt it masks. Time is linear in
 * the length of the text; masking a masked text changes nothing.
 */
export function maskFreeText(text: string): string {
  if (!mayHold(text)) return text
  const folded = foldDigits(text)
  const spans = [...emailsIn(folded), ...numbersIn(text, folded)]
  return spans.length === 0 ? text : replaceSpans(text, spans, STARS)
}

/** Most notes hold none: this look at each character is all that they cost. */
function mayHold(text: string): boolean {
  let digits = 0
  for (let place = 0; place < text.length; place++) {
    const code = foldCode(text.charCodeAt(place))
    if (code === 0x40) return true
    if (isDigit(code) && ++digits === MIN_DIGITS) return true
  }
  return false
}
