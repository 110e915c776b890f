import { foldCode, foldDigits } from '../phone/foldDigits.js'
import { emailsIn } from './emails.js'
import { isDigit, MAX_GAP } from './groups.js'
import { STARS } from './maskPhone.js'
import { numbersIn } from './numbers.js'
import { replaceSpans } from './span.js'

/** Fewer digits than this are no number of a person. */
const MIN_DIGITS = 7
const MAX_LOOKS = 4

/** Ids of rows, requests and errors: they are what things are found by, and one in twenty has digits that look like a telephone number. */
const ID = /(?<![\w.@+-])([0-9a-f]{8}-[0-9a-f]{4}-[47][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12})(?![\w@-]|\.\w)/

/**
 * Masks phone numbers, id-card and bank-card numbers and e-mail addresses that were pasted into a text, in digits of any script and any
 * grouping, and leaves the rest as it is: dates, times, amounts, order numbers with letters, UUIDs. When in doubt it masks. Time is linear in
 * the length of the text; masking a masked text changes nothing.
 */
export function maskFreeText(text: string): string {
  if (!mayHold(text)) return text
  return text
    .split(ID)
    .map((part, i) => (i % 2 === 1 && /[a-f]/.test(part) ? part : maskPart(part)))
    .join('')
}

function maskPart(text: string): string {
  let masked = text
  // What a mask leaves beside it may now read as something else; nearly always the second look finds nothing new.
  for (let look = 0; look < MAX_LOOKS; look++) {
    const again = maskOnce(masked)
    if (again === masked) break
    masked = again
  }
  return masked
}

function maskOnce(text: string): string {
  if (!mayHold(text)) return text
  const folded = foldDigits(text)
  const spans = [...emailsIn(folded), ...numbersIn(text, folded)]
  return spans.length === 0 ? text : replaceSpans(text, spans, STARS)
}

/** Most notes hold none: this look at each character is all that they cost. */
function mayHold(text: string): boolean {
  let digits = 0
  let last = 0
  for (let place = 0; place < text.length; place++) {
    const plain = text.charCodeAt(place)
    const code = plain < 0x80 ? plain : foldCode(plain)
    if (code === 0x40) return true
    if (!isDigit(code)) continue
    digits = place - last > MAX_GAP + 1 ? 1 : digits + 1
    if (digits === MIN_DIGITS) return true
    last = place
  }
  return false
}
