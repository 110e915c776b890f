import { type Group, isDigit, isNumeral, isTight, type Run, runsOf } from './groups.js'
import { isHarmless } from './isHarmless.js'
import { maskPhone, STARS } from './maskPhone.js'
import { type Digits, type NumberKind, personalNumberAt } from './personalNumber.js'
import type { Span } from './span.js'

/** What has this many digits joined together is masked unless it is known to be harmless. */
const MIN_DIGITS = 7
const BEFORE_AREA_CODE = /^(?:17951|17911|12593)?(?:9?0|(?:00)?860?)/
const ID_CARD_X = /[ -]?[Xx](?![A-Za-z])/y

/**
 * The numbers in a text that are or may be personal, with their masks; `folded` is the text with its digits folded. What one rule has masked splits its run, so that the rules
 * that follow see the rest as they would see it when masked text is masked again.
 */
export function numbersIn(text: string, folded: string): Span[] {
  const spans: Span[] = []
  for (const run of runsOf(text, folded))
    for (const rest of takeKnown(folded, run, spans))
      for (const loose of takeJoined(folded, rest, spans)) takePair(folded, loose, spans)
  return spans.map(span => setApart(text, folded, span))
}

/** A mask is ASCII: where it stands for Chinese numerals, digits right beside them would become a part of it. */
function setApart(text: string, folded: string, { start, end, mask }: Span): Span {
  const touches = (place: number) => isDigit(folded.charCodeAt(place)) && !isNumeral(text, place)
  return { start, end, mask: `${touches(start - 1) ? ' ' : ''}${mask}${touches(end) ? ' ' : ''}` }
}

/** Masks phone, id-card and bank numbers, however they are grouped; gives the groups between them. */
function takeKnown(folded: string, run: Run, spans: Span[]): Run[] {
  const rests: Run[] = []
  let rest: Run = []
  const digits = digitsOf(folded, run)
  for (let index = 0; index < run.length; ) {
    const from = digits.startOf(index)
    const plus = plusBefore(folded, run[index]!.start)
    const found =
      digits.text.length - from < MIN_DIGITS ? undefined : personalNumberAt(digits, from, plus !== undefined)
    if (!found) {
      rest.push(run[index++]!)
      continue
    }
    if (rest.length > 0) rests.push(rest)
    rest = []
    const start = plus ?? run[index]!.start
    index = digits.groupEndingAt(found.end) + 1
    const end = run[index - 1]!.end
    const withX = found.wantsX ? behindX(folded, end) : end
    const number = digits.text.slice(from, found.end) + (withX > end ? 'X' : '')
    spans.push({ start: withBracket(folded, start, end), end: withX, mask: maskOf(number, found.kind) })
  }
  if (rest.length > 0) rests.push(rest)
  return rests
}

/** Masks groups joined to seven digits or more by dashes, dots and brackets; gives the groups between them. */
function takeJoined(folded: string, run: Run, spans: Span[]): Run[] {
  const rests: Run[] = []
  let rest: Run = []
  for (let index = 0; index < run.length; ) {
    let last = index
    let count = run[index]!.end - run[index]!.start
    while (last + 1 < run.length && isTight(folded.slice(run[last]!.end, run[last + 1]!.start))) {
      last++
      count += run[last]!.end - run[last]!.start
    }
    const { start } = run[index]!
    const { end } = run[last]!
    if (count >= MIN_DIGITS && !isHarmless(folded, start, end)) {
      if (rest.length > 0) rests.push(rest)
      rest = []
      const joined = run.slice(index, last + 1)
      spans.push({ start: withBracket(folded, start, end), end, mask: maskOf(textOf(folded, joined)) })
    } else for (let one = index; one <= last; one++) rest.push(run[one]!)
    index = last + 1
  }
  if (rest.length > 0) rests.push(rest)
  return rests
}

/** Masks `8888 6666`: a local number in two groups that stand alone. */
function takePair(folded: string, run: Run, spans: Span[]): void {
  const [first, second] = run
  if (!first || !second || run.length !== 2) return
  const text = folded.slice(first.start, second.end)
  if (/^[2-8]\d{2,3} \d{4}$/.test(text) && !isHarmless(folded, first.start, second.end))
    spans.push({ start: first.start, end: second.end, mask: maskOf(textOf(folded, run)) })
}

interface RunDigits extends Digits {
  startOf(group: number): number
  groupEndingAt(place: number): number
}

function digitsOf(folded: string, run: Run): RunDigits {
  const text = textOf(folded, run)
  const starts = new Uint32Array(run.length)
  // Index + 1 of the group that ends at a place; 0 where none does.
  const endings = new Uint32Array(text.length + 2)
  let place = 0
  for (const [index, group] of run.entries()) {
    starts[index] = place
    place += group.end - group.start
    endings[place] = index + 1
  }
  const groupEndingAt = (end: number) => endings[end]! - 1
  return {
    text,
    startOf: group => starts[group]!,
    groupEndingAt,
    isEnd: end => endings[end]! > 0,
    isCardLike: (from, to) => {
      const last = groupEndingAt(to)
      let first = last
      while (starts[first]! > from) first--
      return isCardLike(run.slice(first, last + 1).map(group => group.end - group.start))
    },
  }
}

/** 4-4-4-4, 4-4-4-4-3, 6-13 …, or digit by digit. */
function isCardLike(lengths: number[]): boolean {
  if (lengths.length < 2) return false
  const head = lengths.slice(0, -1)
  return (
    head.every(length => length === 4) || (lengths.length === 2 && head[0] === 6) || lengths.every(one => one === 1)
  )
}

const textOf = (folded: string, run: readonly Group[]): string =>
  run.length === 1
    ? folded.slice(run[0]!.start, run[0]!.end)
    : run.map(({ start, end }) => folded.slice(start, end)).join('')

function maskOf(digits: string, kind?: NumberKind): string {
  if (kind === 'MOBILE') return maskPhone(digits.slice(-11))
  if (kind === 'LANDLINE') return maskPhone(`0${digits.replace(BEFORE_AREA_CODE, '')}`)
  if (kind === 'FOREIGN') return maskPhone(digits.startsWith('00') ? `+${digits.slice(2)}` : `+${digits}`)
  return kind === 'ID_CARD' || kind === 'BANK_CARD' || digits.length > 13 ? STARS + digits.slice(-4) : maskPhone(digits)
}

/** Place of a + right before a number, or before its bracket. */
function plusBefore(folded: string, start: number): number | undefined {
  if (folded[start - 1] === '+') return start - 1
  return folded[start - 2] === '+' && /[ (]/.test(folded[start - 1]!) ? start - 2 : undefined
}

/** Takes the bracket along that `(010) 8888 6666` begins with. */
const withBracket = (folded: string, start: number, end: number): number =>
  folded[start - 1] === '(' && folded.slice(start, end).includes(')') ? start - 1 : start

function behindX(folded: string, end: number): number {
  ID_CARD_X.lastIndex = end
  return ID_CARD_X.test(folded) ? ID_CARD_X.lastIndex : end
}
