/**
 * Long numbers that are known to be no phone, id-card or bank number. Anything else of seven digits or more is masked: a masked
 * order number costs a question, a shown phone number a customer.
 */
export function isHarmless(folded: string, start: number, end: number): boolean {
  const text = folded.slice(start, end)
  if (DATE_OR_RANGE.test(text) || IP_ADDRESS.test(text) || FRACTION.test(text)) return true
  if (text.length < 64 && text.split(/[-_ ]/).every(part => COMPACT_TIME.test(part))) return true
  // The longest of what may stand before or behind is all that is looked at.
  const before = folded.slice(Math.max(0, start - 12), start)
  if (AMOUNT.test(text) && (CURRENCY.test(before) || UNIT.test(folded.slice(end, end + 6)))) return true
  const word = REFERENCE.exec(before)?.[1]
  return word !== undefined && !CONTACT_WORD.test(word) && !MOBILE_INSIDE.test(text)
}

const YEAR = '(?:19|20)\\d\\d'
const MONTH = '(?:0?[1-9]|1[0-2])'
const DAY = '(?:0?[1-9]|[12]\\d|3[01])'
const DATE_OR_RANGE = new RegExp(`^(?:${YEAR}-${YEAR}|${YEAR}([-.])${MONTH}\\1${DAY}|${DAY}([-.])${MONTH}\\2${YEAR})$`)
/** 20261123, 202611231000, 20261123100000 */
const COMPACT_TIME = /^(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:(?:[01]\d|2[0-3])[0-5]\d(?:[0-5]\d)?)?$/
const IP_ADDRESS = /^\d{1,3}(?:\.\d{1,3}){3}$/
const FRACTION = /^0\.\d+$/
const AMOUNT = /^\d{1,10}(?:\.\d{1,6})?(?:-\d{1,10}(?:\.\d{1,6})?)?$/
const CURRENCY = /(?:[¥$€£]|RMB|CNY|USD|HKD|EUR) ?$/i
const UNIT = /^ ?(?:[元块圆万亿%‰个件台套吨克次笔股平米]|RMB|CNY|USD|kg|km)/i
/** Letters right before a number, as in A20261123001 or SO-20261123. */
const REFERENCE = /([A-Za-z]+)[-_]?$/
const CONTACT_WORD = /(?:tel|phone|mobile|mob|cell|call|fax|ph|wechat|weixin|qq)$|^(?:wx|vx|v)$/i
const MOBILE_INSIDE = /1[3-9]\d{9}/
