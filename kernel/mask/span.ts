/** A piece of text and what stands there instead. */
export interface Span {
  start: number
  end: number
  mask: string
}

/** Replaces the pieces, given in any order. Where two overlap, both are hidden behind `hidden`, unless one lies inside of the other. */
export function replaceSpans(text: string, spans: readonly Span[], hidden: string): string {
  let result = ''
  let from = 0
  for (const { start, end, mask } of joined(spans, hidden)) {
    result += text.slice(from, start) + mask
    from = end
  }
  return result + text.slice(from)
}

function joined(spans: readonly Span[], hidden: string): Span[] {
  const sorted = spans.toSorted((a, b) => a.start - b.start || b.end - a.end)
  const result: Span[] = []
  for (const span of sorted) {
    const last = result.at(-1)
    if (!last || span.start >= last.end) result.push({ ...span })
    else if (span.end > last.end) Object.assign(last, { end: span.end, mask: hidden })
  }
  return result
}
