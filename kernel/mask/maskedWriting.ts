import { foldDigits } from '../phone/foldDigits.js'
import { STARS } from './maskPhone.js'

const WRITING = /^(?:\+?(?:00)?86[ -]?)?(1\d{2}|0\d{2,3})[ -]?(?:\*{3,8}|[xX]{4})[ -]?(\d{2,4})$/

/** A number that somebody else has masked (`138****1234`, `+86 138 **** 1234`), as the hub masks; undefined for any other text. It tells nobody apart. */
export function maskedWriting(raw: string): string | undefined {
  if (raw.length > 40) return undefined
  const found = WRITING.exec(foldDigits(raw).trim())
  return found ? `${found[1]}${STARS}${found[2]}` : undefined
}
