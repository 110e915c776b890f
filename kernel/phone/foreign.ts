import { parsePhoneNumberFromString } from 'libphonenumber-js/min'

/** The E.164 form of a number with its country code (no +); undefined when no such number can exist. */
export function foreign(digits: string): string | undefined {
  const number = e164(digits)
  // Where a trunk prefix was taken off, what is left must be a number by itself, or equal numbers would not be equal.
  return number === undefined || number === `+${digits}` || e164(number.slice(1)) === number ? number : undefined
}

function e164(digits: string): string | undefined {
  // E.164 numbers have at most 15 digits; 2 more leave room for a trunk 0 written behind the country code.
  if (digits.length < 7 || digits.length > 17 || digits[0] === '0') return undefined
  const number = parsePhoneNumberFromString(`+${digits}`)
  return number?.isValid() && number.countryCallingCode !== '86' ? number.number : undefined
}
