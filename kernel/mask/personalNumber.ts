import { areaCodeOf } from '../phone/areaCodes.js'

export type NumberKind = 'MOBILE' | 'LANDLINE' | 'SERVICE' | 'FOREIGN' | 'ID_CARD' | 'BANK_CARD'

export interface PersonalNumber {
  kind: NumberKind
  /** Place behind its last digit. */
  end: number
  /** An id-card number whose last character, an X, has yet to come. */
  wantsX?: boolean
}

/** The digits of a run without what is between them, and where its groups end. */
export interface Digits {
  text: string
  isEnd(place: number): boolean
  /** Whether groups between two places are those in which bank cards are written. */
  isCardLike(from: number, to: number): boolean
}

const ID_CARD = /[1-9]\d{5}(?:18|19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}/y
const MOBILE = /1[3-9]\d{9}/y
const PREFIXED_MOBILE = /(?:(?:00)?86|9)?0?(?:17951|17911|12593)?0?1[3-9]\d{9}/y
const LANDLINE_PREFIX = /(?:17951|17911|12593)?(?:9?0|(?:00)?860?)(?=[1-9])/y
const SUBSCRIBER = /[2-8]\d{6}/y
const SERVICE = /[48]00\d{7}/y
const ABROAD = /00[1-9]/y

/** The longest number of a person that begins at `from` and ends where a group ends. `plus` says that a + stands before it. */
export function personalNumberAt(digits: Digits, from: number, plus: boolean): PersonalNumber | undefined {
  if (plus && !digits.text.startsWith('86', from)) return foreignAt(digits, from, plus)
  return (
    idCardAt(digits, from) ??
    bankCardAt(digits, from) ??
    matched(digits, from, PREFIXED_MOBILE, 'MOBILE') ??
    matched(digits, from, MOBILE, 'MOBILE') ??
    landlineAt(digits, from) ??
    matched(digits, from, SERVICE, 'SERVICE') ??
    foreignAt(digits, from, plus)
  )
}

function matched(digits: Digits, from: number, pattern: RegExp, kind: NumberKind): PersonalNumber | undefined {
  const end = endOf(pattern, digits.text, from)
  return end > 0 && digits.isEnd(end) ? { kind, end } : undefined
}

function idCardAt(digits: Digits, from: number): PersonalNumber | undefined {
  const end = endOf(ID_CARD, digits.text, from)
  if (end === 0) return undefined
  if (digits.isEnd(end + 1)) return { kind: 'ID_CARD', end: end + 1 }
  return digits.isEnd(end) ? { kind: 'ID_CARD', end, wantsX: true } : undefined
}

function bankCardAt(digits: Digits, from: number): PersonalNumber | undefined {
  if (digits.text.charCodeAt(from) < 0x33) return undefined
  for (let end = Math.min(from + 19, digits.text.length); end >= from + 16; end--) {
    if (digits.isEnd(end) && (digits.isCardLike(from, end) || passesLuhn(digits.text, from, end)))
      return { kind: 'BANK_CARD', end }
  }
  return undefined
}

function landlineAt(digits: Digits, from: number): PersonalNumber | undefined {
  const prefix = endOf(LANDLINE_PREFIX, digits.text, from)
  const area = prefix > 0 ? areaCodeOf(digits.text.slice(prefix, prefix + 3)) : undefined
  if (!area) return undefined
  const seven = endOf(SUBSCRIBER, digits.text, prefix + area.length)
  if (seven === 0) return undefined
  const end = [seven + 1, seven].find(place => digits.isEnd(place))
  return end === undefined ? undefined : { kind: 'LANDLINE', end }
}

/** 7 to 15 digits behind a + or 00 (E.164). */
function foreignAt(digits: Digits, from: number, plus: boolean): PersonalNumber | undefined {
  const begin = plus ? from : from + 2
  if (plus ? digits.text[from] === '0' : endOf(ABROAD, digits.text, from) === 0) return undefined
  for (let end = Math.min(begin + 15, digits.text.length); end >= begin + 7; end--)
    if (digits.isEnd(end)) return { kind: 'FOREIGN', end }
  return undefined
}

/** The check digit of bank cards (ISO/IEC 7812). */
export function passesLuhn(text: string, from: number, end: number): boolean {
  let sum = 0
  for (let place = end - 1; place >= from; place--) {
    const digit = text.charCodeAt(place) - 0x30
    const doubled = (end - 1 - place) % 2 === 1 ? digit * 2 : digit
    sum += doubled > 9 ? doubled - 9 : doubled
  }
  return sum % 10 === 0
}

function endOf(pattern: RegExp, text: string, from: number): number {
  pattern.lastIndex = from
  return pattern.test(text) ? pattern.lastIndex : 0
}
