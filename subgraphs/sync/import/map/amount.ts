const AMOUNT =
  /^(-?)(?:¥|￥|\$|€|£|RMB|CNY)?\s*(\d{1,3}(?:,\d{3})+|\d{1,16})(?:\.(\d{1,4})0*)?\s*(万|亿)?\s*(?:元|块|RMB|CNY)?$/i
const SHIFTS: Record<string, number> = { 万: 4, 亿: 8 }

/** An exact sum as it was written (`1,288.00`, `¥1288`, `1.5万元`), with 16 digits at most and 4 behind the point. undefined for what is none. */
export function readAmount(text: string): string | undefined {
  const parts = AMOUNT.exec(text.normalize('NFKC').trim())
  if (!parts) return undefined
  const [, sign = '', whole = '', fraction = '', unit] = parts
  const shift = unit === undefined ? 0 : SHIFTS[unit]!
  const digits = whole.replaceAll(',', '') + fraction.padEnd(shift, '0')
  const point = digits.length - Math.max(0, fraction.length - shift)
  const before = digits.slice(0, point).replace(/^0+(?=\d)/, '')
  if (before.length > 16) return undefined
  const behind = digits.slice(point)
  return `${sign}${before}${behind === '' ? '' : `.${behind}`}`
}
