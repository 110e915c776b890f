const HIDDEN = '***'
const DOMAIN = /^[\p{L}\p{N}.-]{1,255}$/u
const LONG_NUMBER = /\d{7,}/

/** zhang@example.com → z***@example.com. A local part of one or two characters, and what is no address, is hidden wholly. */
export function maskEmail(email: string): string {
  const at = email.lastIndexOf('@')
  if (at < 0) return HIDDEN
  const [first = '', second, third] = email.slice(0, at).trim()
  const domain = email.slice(at + 1).trim()
  const shown = third !== undefined && second !== undefined && /[\p{L}\p{N}]/u.test(first) ? first : ''
  return `${shown}${HIDDEN}@${isPlain(domain) ? domain : HIDDEN}`
}

/** A domain may be somebody's number too. */
const isPlain = (domain: string): boolean =>
  domain === HIDDEN || (DOMAIN.test(domain) && !LONG_NUMBER.test(domain.normalize('NFKC').replace(/[.-]/g, '')))
