import { maskEmail } from './maskEmail.js'
import type { Span } from './span.js'

/** Addresses are ASCII as a rule; only where that finds none is text of other scripts taken for a part of one. */
const ALPHABETS = [
  { local: /[A-Za-z0-9._%+'-]/, domain: /[A-Za-z0-9.-]/ },
  { local: /[\p{L}\p{N}._%+'-]/u, domain: /[\p{L}\p{N}.-]/u },
]
const MAX_LOCAL = 64
const MAX_DOMAIN = 255
const NAMED = /^[^.].*\.\p{L}(?:[^.]*[^.-])?/u

/** The e-mail addresses in a folded text, with their masks. */
export function emailsIn(folded: string): Span[] {
  const found: Span[] = []
  let free = 0
  for (let at = folded.indexOf('@'); at >= 0; at = folded.indexOf('@', at + 1)) {
    const start = firstFound(
      ALPHABETS.map(({ local }) => localStart(folded, at, free, local)),
      at,
    )
    const end = firstFound(
      ALPHABETS.map(({ domain }) => domainEnd(folded, at, domain)),
      at + 1,
    )
    if (start < at && end > at + 1) found.push({ start, end, mask: maskEmail(folded.slice(start, end)) })
    free = at + 1
  }
  return found
}

/** The first of the places that is not the one where nothing was found. */
const firstFound = (places: number[], none: number): number => places.find(place => place !== none) ?? none

function localStart(folded: string, at: number, free: number, part: RegExp): number {
  let start = at
  while (start > free && at - start < MAX_LOCAL && part.test(folded[start - 1]!)) start--
  return start
}

/** The end of the longest domain behind the @; its last label is a name, so that what only follows as a number is left out. */
function domainEnd(folded: string, at: number, part: RegExp): number {
  let end = at + 1
  while (end - at <= MAX_DOMAIN && end < folded.length && part.test(folded[end]!)) end++
  const domain = NAMED.exec(folded.slice(at + 1, end))?.[0] ?? ''
  return at + 1 + domain.length
}
