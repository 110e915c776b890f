import { areaCodeOf } from './areaCodes.js'
import type { Phone } from './phone.js'

const MOBILE = /^1[3-9]\d{9}$/
/** Long-distance dialling over IP, by carrier; says nothing about whose number follows. */
const IP_PREFIX = /^(?:17951|17911|12593)/
const SUBSCRIBER = /^[2-8]\d{6,7}$/
/** 400 and 800 lines, emergency, carrier, hotline, bank and SMS numbers: the same from everywhere, so they have no area code. */
const SERVICE =
  /^(?:[48]00\d{7}|95\d{3,6}|96\d{3,4}|11[0-9]|12[0-2]|999|1[0-2]\d{3}|11[68]\d{3}|10[16]\d{5}|106\d{5,17})$/

type Found = Pick<Phone, 'kind'> & { canonical: string }

/** What digits dialled within mainland China mean; undefined when they are no whole number. `areaCode` comes without its 0. */
export function national(digits: string, areaCode?: string): Found | undefined {
  if (digits.length < 3 || digits.length > 24) return undefined
  return plain(digits) ?? local(digits, areaCode) ?? withoutPrefix(digits, areaCode)
}

/** What follows the country code 86, where a landline comes with or without its 0. */
export function afterCountryCode(digits: string): Found | undefined {
  return plain(digits) ?? landline(digits) ?? withoutPrefix(digits)
}

function plain(digits: string): Found | undefined {
  if (MOBILE.test(digits)) return { canonical: digits, kind: 'MOBILE' }
  if (digits[0] === '0') return landline(digits.slice(1))
  if (SERVICE.test(digits)) return { canonical: digits, kind: 'SERVICE' }
  return undefined
}

function landline(digits: string): Found | undefined {
  const area = areaCodeOf(digits)
  if (!area) return undefined
  const rest = digits.slice(area.length)
  if (isSubscriber(rest, area)) return { canonical: `0${digits}`, kind: 'LANDLINE' }
  return undefined
}

function local(digits: string, areaCode: string | undefined): Found | undefined {
  if (areaCode === undefined || areaCodeOf(areaCode) !== areaCode || !isSubscriber(digits, areaCode)) return undefined
  return { canonical: `0${areaCode}${digits}`, kind: 'LANDLINE' }
}

/** The largest cities (10, 2x) have eight digits everywhere, others seven or eight. */
const isSubscriber = (digits: string, area: string): boolean =>
  SUBSCRIBER.test(digits) && (area.length === 3 || digits.length === 8)

/** Without the prefix for an outside line (0 or 9) or an IP carrier. Each step takes digits off, so that this ends. */
function withoutPrefix(digits: string, areaCode?: string): Found | undefined {
  const ip = IP_PREFIX.exec(digits)
  if (ip) return international(digits.slice(ip[0].length)) ?? national(digits.slice(ip[0].length), areaCode)
  const outside = digits[0] === '9' || digits[0] === '0'
  if (!outside || digits.length < 11) return undefined
  const rest = digits.slice(1)
  const found = plain(rest) ?? withoutPrefix(rest)
  // A short service number behind a 0 or 9 may as well be the end of something else.
  return found?.kind === 'SERVICE' && found.canonical.length < 10 ? undefined : found
}

/** 86 and 0086 in front of a mainland number. */
export function international(digits: string): Found | undefined {
  if (digits.startsWith('86')) return afterCountryCode(digits.slice(2))
  if (digits.startsWith('0086')) return afterCountryCode(digits.slice(4))
  return undefined
}
