import { INVISIBLE_CHARACTER } from '../phone/foldDigits.js'

/** Digits in a row; `start` and `end` are places in the text. */
export interface Group {
  start: number
  end: number
}

/** Groups with nothing but a few signs or spaces between them: together they may be one number. */
export type Run = Group[]

/** With more signs than this between two groups nobody reads them as one number. */
export const MAX_GAP = 6
const NO_SEPARATOR = /[\p{L}\p{N}@$¥€£%&=?<>]/u
const WIDE = /\s/

// Stars that an e-mail address may follow are not the end of a masked number: its own stars would join them.
const MASKED = /\d{1,3}\*{4}(?![*\p{L}@._%+'-])\d{0,4}|\*{4}(?!\*)\d{1,4}/uy
const DATE = /(?:19|20)\d\d([-./])(?:1[0-2]|0?[1-9])\1(?:3[01]|[12]\d|0?[1-9])/y
const TIME = /(?:2[0-3]|[01]?\d):[0-5]\d(?::[0-5]\d(?:\.\d{1,6})?)?/y
const MOBILE_HEAD = /^1[3-9]\d$/
const REST_OF_ID = /[\s-]?\d{3}[\dXx]/y

const kinds = new Map<number, boolean>()

/** Whether a sign may stand inside of a number: any but letters and those that give a number another meaning (¥, %, @ …). */
export function isSeparator(code: number): boolean {
  let known = kinds.get(code)
  if (known === undefined) {
    known = !NO_SEPARATOR.test(String.fromCharCode(code))
    kinds.set(code, known)
  }
  return known
}

export const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39

/**
 * The runs of a text, `folded` being the text with its digits folded. What is masked already, dates and times belong to none and end
 * the one before them.
 */
export function runsOf(text: string, folded: string): Run[] {
  const runs: Run[] = []
  let run: Run = []
  const end = () => {
    if (run.length > 0) runs.push(run)
    run = []
  }
  for (let place = 0; place < folded.length; ) {
    const code = folded.charCodeAt(place)
    const digit = isDigit(code)
    if (digit && place - (run.at(-1)?.end ?? place) > MAX_GAP) end()
    const settled = digit || code === 0x2a ? settledEnd(text, folded, place, run) : 0
    if (settled > 0) {
      end()
      place = settled
    } else if (digit) {
      const start = place++
      while (continues(text, folded, place)) place++
      run.push({ start, end: place })
    } else {
      if (!isSeparator(code)) end()
      place++
    }
  }
  end()
  return runs
}

/** Whether the digit before `place` goes on there. 周一2026 holds two numbers: Chinese numerals and other digits make no common group. */
function continues(text: string, folded: string, place: number): boolean {
  return isDigit(folded.charCodeAt(place)) && isNumeral(text, place) === isNumeral(text, place - 1)
}

/** Whether a digit is a Chinese numeral. */
export const isNumeral = (text: string, place: number): boolean => {
  const code = text.charCodeAt(place)
  return code >= 0x3000 && code < 0xa000
}

/** Where something ends that is known to be no number of a person; 0 when there is no such thing. */
function settledEnd(text: string, folded: string, place: number, run: Run): number {
  const matchEnd = (pattern: RegExp, from = place): number => {
    pattern.lastIndex = from
    return pattern.test(folded) && !continues(text, folded, pattern.lastIndex) ? pattern.lastIndex : 0
  }
  const masked = matchEnd(MASKED)
  if (masked > 0) return masked
  const before = run.at(-1)
  // Glued to digits before it, or to a +, it is a part of a longer number.
  if (folded[place - 1] === '+' || (before && place - before.end === 1 && !WIDE.test(folded[before.end]!))) return 0
  const date = matchEnd(DATE)
  if (date === 0) return matchEnd(TIME)
  // 138 2026-11-23 and 110101 1990-03-07 1234 are a mobile and an id-card number rather than a date.
  const digits = before ? folded.slice(before.start, before.end) : ''
  if (MOBILE_HEAD.test(digits) || (digits.length === 6 && matchEnd(REST_OF_ID, date) > 0)) return 0
  // Neither is 1900/5/02/0000 a date, while 2026.11.23-2026.12.01 is two.
  const glued = /[-./]/.test(folded[date] ?? '') && isDigit(folded.charCodeAt(date + 1))
  return glued && matchEnd(DATE, date + 1) === 0 && matchEnd(TIME, date + 1) === 0 ? 0 : date
}

/** Whether two groups are joined as a number's parts are (010-8888, (010) 8888), rather than by mere space or comma. */
export function isTight(gap: string): boolean {
  return gap.length <= 3 && /^[-.()_ ]*$/.test(gap.replaceAll(INVISIBLE_CHARACTER, '')) && gap.trim() !== ''
}
