/**
 * The fields of one line; null where its quotes do not match. Asterisk writes each record on a line of its own, so that a line that was cut
 * short costs nothing but itself; a reader that lets fields go over several lines would lose what follows.
 */
export function csvFields(line: string): string[] | null {
  const fields: string[] = []
  let at = 0
  for (;;) {
    const quoted = line[at] === '"' ? quotedField(line, at) : undefined
    if (quoted === null) return null
    const end = quoted?.end ?? endOfPlain(line, at)
    fields.push(quoted?.text ?? line.slice(at, end))
    if (end >= line.length) return fields
    if (line[end] !== ',') return null
    at = end + 1
  }
}

function endOfPlain(line: string, at: number): number {
  const comma = line.indexOf(',', at)
  return comma < 0 ? line.length : comma
}

function quotedField(line: string, start: number): { text: string; end: number } | null {
  let text = ''
  let at = start + 1
  for (;;) {
    const quote = line.indexOf('"', at)
    if (quote < 0) return null
    text += line.slice(at, quote)
    if (line[quote + 1] !== '"') return { text, end: quote + 1 }
    text += '"'
    at = quote + 2
  }
}
