import { foldDigits } from '../phone/foldDigits.js'

export const STARS = '****'
const MASKED = /^\+?\d{0,3}\*{4}\d{0,4}$/
/** Country codes of one and two digits; all others have three. */
const COUNTRY = /^(?:[17]|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|\d{1,3})/

/**
 * 13812345678 → 138****1234, 01088886666 → 010****6666, +12025550123 → +1****0123. At least four digits stay hidden, at most seven
 * are shown, and the stars do not tell how many there were. Takes any writing; what is masked already stays.
 */
export function maskPhone(phone: string): string {
  if (MASKED.test(phone)) return phone
  const text = foldDigits(phone)
  const digits = text.replace(/\D/g, '')
  const foreign = text.trimStart().startsWith('+')
  const visible = Math.max(0, Math.min(7, digits.length - 4))
  if (foreign) {
    const code = COUNTRY.exec(digits)?.[0] ?? ''
    const head = code.length <= visible ? code : ''
    return `+${head}${STARS}${lastOf(digits, Math.min(4, visible - head.length))}`
  }
  const tail = Math.min(4, visible)
  return digits.slice(0, visible - tail) + STARS + lastOf(digits, tail)
}

const lastOf = (digits: string, count: number): string => digits.slice(digits.length - count)
