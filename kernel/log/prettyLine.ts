const COLOURS: Record<string, string> = { debug: '\x1b[90m', info: '\x1b[32m', warn: '\x1b[33m', error: '\x1b[31m' }

/** One JSON line of the log as a person at a terminal likes to read it. */
export function prettyLine(line: string): string {
  const { level, time, msg = '', err, ...fields } = JSON.parse(line) as Record<string, unknown>
  const rest = Object.entries(fields).map(
    ([key, value]) => ` ${key}=${typeof value === 'object' ? JSON.stringify(value) : value}`,
  )
  const { message = '', stack = '' } = (err ?? {}) as Record<string, unknown>
  const trouble = err ? `\n  ${message}\n  ${String(stack).replaceAll('\n', '\n  ')}` : ''
  return `${String(time).slice(11, 19)} ${COLOURS[String(level)] ?? ''}${level}\x1b[0m ${msg}${rest.join('')}${trouble}\n`
}
