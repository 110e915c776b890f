import { foreign } from './foreign.js'
import { afterCountryCode, international, national } from './national.js'
import type { NormaliseOptions, Phone } from './phone.js'
import { readWriting } from './writing.js'

const MOBILE = /^1[3-9]\d{9}$/
const DASH_EXTENSION = /^(.*\d)\s*-\s*(\d{1,6})$/
const NO_DIGIT = /\D/g

/**
 * The canonical form of a number from any writing of it. Never throws and never guesses: of what is no whole number, such as
 * 138****1234, `anonymous` or a name, the canonical form is null.
 */
export function normalisePhone(raw: string, options: NormaliseOptions = {}): Phone {
  // Most numbers that systems hand over are written like this already.
  if (MOBILE.test(raw)) return { canonical: raw, kind: 'MOBILE' }
  const writing = readWriting(raw)
  if (!writing) return { canonical: null, kind: 'UNKNOWN' }
  const areaCode = options.areaCode?.replace(/^0/, '')
  const { number, extension } = writing
  const found =
    extension === undefined
      ? withDashExtension(number, areaCode)
      : { ...(numberOf(number, areaCode) ?? { canonical: null, kind: 'UNKNOWN' as const }), extension }
  return found?.canonical ? found : { canonical: null, kind: 'UNKNOWN' }
}

function numberOf(text: string, areaCode: string | undefined): Phone | undefined {
  const digits = text.replace(NO_DIGIT, '')
  if (text.includes('+')) return abroad(digits)
  if (digits.startsWith('00')) return abroad(digits.slice(2)) ?? national(digits, areaCode)
  return national(digits, areaCode) ?? international(digits)
}

function abroad(digits: string): Phone | undefined {
  if (digits.startsWith('86')) return afterCountryCode(digits.slice(2))
  const canonical = foreign(digits)
  return canonical === undefined ? undefined : { canonical, kind: 'FOREIGN' }
}

/** `010-88886666-8001`: a last group behind a whole number is an extension, unless the digits make sense only together. */
function withDashExtension(text: string, areaCode: string | undefined): Phone | undefined {
  const whole = numberOf(text, areaCode)
  const parts = DASH_EXTENSION.exec(text)
  if (!parts || whole?.kind === 'MOBILE') return whole
  const [, main = '', extension = ''] = parts
  // A group of seven digits is a subscriber's whole number: 0571-8888666-1 is no number of eight digits.
  if (whole && !/\d{7}$/.test(main)) return whole
  const found = numberOf(main, areaCode)
  return found ? { ...found, extension } : whole
}
