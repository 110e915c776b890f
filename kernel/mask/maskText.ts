import { foldDigits } from '../phone/foldDigits.js'
import { STARS } from './maskPhone.js'

const MASKED = /^(?:[^*\d]{0,3}\*{4}|\*{4}[0-9X]{0,4})$/
const NUMBER = /^[\d\s-]*[\dXx]$/

/**
 * Masks an address, an id-card or a bank number: numbers keep their last four characters (****8515), texts their first three, digits
 * excepted (广东省****). At least four characters stay hidden.
 */
export function maskText(text: string): string {
  if (MASKED.test(text)) return text
  const folded = foldDigits(text).trim()
  if (/\d/.test(folded) && NUMBER.test(folded)) {
    const digits = folded.replace(/[\s-]/g, '').toUpperCase()
    return STARS + digits.slice(digits.length - Math.max(0, Math.min(4, digits.length - 4)))
  }
  const characters = [...text.trim()]
  const shown = characters.slice(0, Math.max(0, Math.min(3, characters.length - 4)))
  const end = shown.findIndex(character => /[\d*]/.test(foldDigits(character)))
  return (end < 0 ? shown : shown.slice(0, end)).join('') + STARS
}
