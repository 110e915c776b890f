import { z } from 'zod'

/** More than this of anything is of no use to whoever reads it. */
export const MOST_LINES = 10_000

/** Lines of values between bars, the first of which names them. Lines of another form (errors, the end) are left out. */
export function table(text: string): Record<string, string | undefined>[] {
  const [head = '', ...lines] = text.split(/\r?\n/, MOST_LINES)
  const names = head.split('|')
  if (names.length < 2) return []
  return lines
    .map(line => cellsOf(line, names))
    .filter(cells => cells.length === names.length)
    .map(cells => Object.fromEntries(names.map((name, i) => [name, cells[i]])))
}

/** A contact is a dial string, which may have bars in it. */
function cellsOf(line: string, names: string[]): string[] {
  const cells = line.split('|')
  const [contact, more] = [names.indexOf('contact'), cells.length - names.length]
  if (contact < 0 || more <= 0) return cells
  return [
    ...cells.slice(0, contact),
    cells.slice(contact, contact + more + 1).join('|'),
    ...cells.slice(contact + more + 1),
  ]
}

const registrations = z.object({ row_count: z.int(), rows: z.array(z.object({ reg_user: z.string() })).default([]) })

/** Who has registered, of the answer to `show registrations as json`; undefined for a list that is not whole. */
export function registeredIn(text: string): string[] | undefined {
  try {
    const { row_count: count, rows } = registrations.parse(JSON.parse(text))
    return rows.length === count ? rows.map(({ reg_user: user }) => user) : undefined
  } catch {
    return undefined
  }
}
