/** Control characters but tab and line ends, and halves of surrogate pairs: nobody writes them, and the database takes not all of them. */
const UNWRITABLE = /[[\p{Cc}--[\t\n\r]]\p{Cs}]/gv
const DEEPEST = 10

/** Whether a text can have been written by a person, and can be stored. */
export const isText = (text: string): boolean => text.search(UNWRITABLE) < 0

/** What of a text that a machine sent can be stored: the rest shows as the sign for a character that nobody could read. */
export const readable = (text: string): string => text.replaceAll(UNWRITABLE, '\ufffd')

/** The same on one line, for a terminal or a list. */
export const onOneLine = (text: string): string => readable(text).replaceAll(/[\t\n\r]+/g, ' ')

/** Whether a JSON value holds such texts only, its keys too, and nests 10 levels deep at most. */
export function isPlainJson(value: unknown, depth = 0): boolean {
  if (typeof value === 'string') return isText(value)
  if (value === null || typeof value !== 'object') return true
  if (depth >= DEEPEST) return false
  return Object.entries(value).every(([key, one]) => isText(key) && isPlainJson(one, depth + 1))
}
