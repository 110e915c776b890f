import { areaCodeOf } from '../phone/areaCodes.js'
import { maskFreeText } from './maskFreeText.js'
import { maskPhone, STARS } from './maskPhone.js'

/** Deeper than any payload that is meant to be read; what lies below is hidden as a whole. */
const MAX_DEPTH = 100

/**
 * Masks all texts of a JSON value, its keys too, and numbers that are phone, id-card or bank numbers. Changes nothing in place; a value with
 * nothing to mask in it is given back itself.
 */
export function maskJson(value: unknown): unknown {
  return maskAt(value, 0)
}

function maskAt(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return maskFreeText(value)
  if (typeof value === 'number') return isPersonal(value) ? maskPhone(BigInt(value).toString()) : value
  if (value === null || typeof value !== 'object') return value
  if (depth >= MAX_DEPTH) return STARS
  if (Array.isArray(value)) {
    const list = value.map(one => maskAt(one, depth + 1))
    return list.every((one, i) => one === value[i]) ? value : list
  }
  const masked = new Map<string, unknown>()
  // Whatever is no plain object may become something else when it is written as JSON.
  let same = isPlain(value)
  for (const [key, one] of Object.entries(value)) {
    const shownKey = freeKey(masked, maskFreeText(key))
    const shown = maskAt(one, depth + 1)
    same &&= shownKey === key && shown === one
    masked.set(shownKey, shown)
  }
  return same ? value : Object.fromEntries(masked)
}

function isPlain(value: object): boolean {
  const prototype = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

/** Two numbers may look alike once they are masked, and neither entry may get lost. */
function freeKey(taken: Map<string, unknown>, key: string): string {
  let free = key
  for (let n = 2; taken.has(free); n++) free = `${key} (${n})`
  return free
}

/** Mobiles with or without 86, landlines that lost their 0, and what is as long as a bank card; amounts, ids and times in ms are shorter or other. */
function isPersonal(value: number): boolean {
  if (!Number.isInteger(value)) return false
  const digits = BigInt(value).toString().replace('-', '')
  if (/^(?:86)?0?1[3-9]\d{9}$/.test(digits) || digits.length >= 15) return true
  const area = areaCodeOf(digits)
  return area !== undefined && digits.length >= 10 && /^[2-8]\d{6,7}$/.test(digits.slice(area.length))
}
