import { foldDigits, INVISIBLE_CHARACTER } from './foldDigits.js'

/** What was written, taken apart without judging it. */
export interface Writing {
  /** Digits, spaces and punctuation of the number itself; a leading + when there was one. */
  number: string
  extension?: string
}

/** Longer than any number with scheme, host and parameters; what is longer is something else. */
const MAX_CHARACTERS = 512
const SIP = /^sips?:/i
const SCHEME = /^(?:tel|callto|phone|电话|手机|手机号|座机)[:\s]\s*/i
const NUMBER = /^\(?\+?[\d\s().\-/·]+/
// Each mark begins in its own way, so that a row of them can be read in one way only and never makes this slow.
const EXTENSION = /^(?:转|轉|接|分机号?|内线|extension|extn?\.?|;ext=|[x#,;p])+[\s:.]*(\d{1,8})(?:号|分机)?#?$/i
/** Control characters, and rows of one character, which stand for digits that were taken out. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const UNREADABLE = /[\u0000-\u001f\u007f]|([().\-/·])\1\1|\.\.|··/

/** Undefined when the text is no writing of a number: a name, a masked number, an e-mail address. */
export function readWriting(raw: string): Writing | undefined {
  if (raw.length > MAX_CHARACTERS) return undefined
  const text = withoutUri(foldDigits(raw).replaceAll(INVISIBLE_CHARACTER, '').trim())
  if (text === undefined || UNREADABLE.test(text)) return undefined
  const number = NUMBER.exec(text)?.[0]
  if (number === undefined) return undefined
  const rest = text.slice(number.length)
  if (rest === '') return { number }
  const extension = EXTENSION.exec(rest)?.[1]
  return extension === undefined ? undefined : { number, extension }
}

/** The user of `sip:user;param@host`, `"Name" <sip:…>`, `tel:number;ext=1`. */
function withoutUri(text: string): string | undefined {
  const open = text.lastIndexOf('<')
  if (open >= 0) {
    const close = text.indexOf('>', open)
    return close < 0 ? undefined : withoutUri(text.slice(open + 1, close).trim())
  }
  if (!SIP.test(text)) return withoutParameters(text.replace(SCHEME, ''))
  const user = text.slice(text.indexOf(':') + 1).split('@', 1)[0]!
  return withoutParameters(user.replace(/^%2B/i, '+'))
}

/** A number "in the context of +86" is one that the context comes before (RFC 3966); other parameters say nothing about it. */
function withoutParameters(text: string): string {
  const [number = '', ...parameters] = text.split(';')
  const parameter = (name: string) =>
    parameters.find(one => one.toLowerCase().startsWith(`${name}=`))?.slice(name.length + 1)
  const context = parameter('phone-context')
  const whole = context?.startsWith('+') && !number.startsWith('+') ? `${context}${number}` : number
  const extension = parameter('ext')
  return extension === undefined ? whole : `${whole};ext=${extension}`
}
