/** Digits as they are spoken or written in Chinese, financial and telephone style included (幺 for 1, 洞 for 0 …). */
const NUMERALS = [
  ['〇', '○', '零', '洞'],
  ['一', '壹', '幺'],
  ['二', '贰', '貳', '两', '兩'],
  ['三', '叁', '參'],
  ['四', '肆'],
  ['五', '伍'],
  ['六', '陆', '陸'],
  ['七', '柒', '拐'],
  ['八', '捌'],
  ['九', '玖', '勾'],
]

const UNKNOWN = 0xffff
const DASHES = /[\u2010-\u2015\u2043\u2212\ufe58\ufe63\uff0d]/
const INVISIBLE = /\p{Cf}|\ufe0f|\u20e3/u

/** What each UTF-16 code unit folds to; filled as units are met, for most texts use few. */
const folded = new Uint16Array(0x10000).fill(UNKNOWN)
for (let code = 0; code < 0x80; code++) folded[code] = code
for (const [digit, writings] of NUMERALS.entries())
  for (const writing of writings) folded[writing.charCodeAt(0)] = 0x30 + digit

/** Invisible characters fold to this one. */
export const INVISIBLE_CHARACTER = '\u200b'

/** The code unit that stands for `code` in a folded text: the ASCII digit for a digit of any script, ASCII for full-width forms. */
export function foldCode(code: number): number {
  const known = folded[code]!
  if (known !== UNKNOWN) return known
  const found = lookUp(code)
  folded[code] = found
  return found
}

/** Rewrites digits of every script, full-width forms, dashes and spaces to ASCII. The length and all places stay the same. */
export function foldDigits(text: string): string {
  let result = ''
  let from = 0
  for (let place = 0; place < text.length; place++) {
    const code = text.charCodeAt(place)
    const to = foldCode(code)
    if (to === code) continue
    result += text.slice(from, place) + String.fromCharCode(to)
    from = place + 1
  }
  return from === 0 ? text : result + text.slice(from)
}

function lookUp(code: number): number {
  const character = String.fromCharCode(code)
  if (/\p{Nd}/u.test(character) && code < 0xff00) {
    // Digits of a script stand together, from 0 to 9, and begin at a multiple of 16 or 6 behind one.
    const row = code & ~0xf
    return 0x30 + code - (/\p{Nd}/u.test(String.fromCharCode(row)) ? row : row + 6)
  }
  if (DASHES.test(character)) return 0x2d
  if (INVISIBLE.test(character)) return INVISIBLE_CHARACTER.charCodeAt(0)
  const plain = character.normalize('NFKC')
  return plain.length === 1 && plain.charCodeAt(0) < 0x80 ? plain.charCodeAt(0) : code
}
