/** A message of the manager interface: header names as Asterisk writes them; a header that comes several times is an array. */
export type AmiEvent = Record<string, string | string[]>

/** The header's value, the first one where it repeats; undefined where it is missing, empty or `<unknown>`. */
export function header(event: AmiEvent, name: string): string | undefined {
  const value = event[name]
  const first = Array.isArray(value) ? value[0] : value
  return first === '' || first === '<unknown>' ? undefined : first
}

/** A channel variable that the event carries, as `channelvars` in manager.conf lets it. */
export function channelVariable(event: AmiEvent, name: string): string | undefined {
  const given = event.ChanVariable
  const start = `${name}=`
  for (const variable of Array.isArray(given) ? given : given === undefined ? [] : [given])
    if (variable.startsWith(start) && variable.length > start.length) return variable.slice(start.length)
  return undefined
}

/** When it happened, ISO 8601 in UTC: Asterisk's own time (`timestampevents = yes`), else when it was received. */
export function timeOf(event: AmiEvent): string | undefined {
  const [seconds, fraction = ''] = (header(event, 'Timestamp') ?? '').split('.')
  if (!seconds || !/^\d{1,12}$/.test(seconds)) return header(event, 'rx')
  // By digits: as a floating-point number some times would lose a millisecond.
  return new Date(Number(seconds) * 1000 + Number(fraction.padEnd(3, '0').slice(0, 3) || 0)).toISOString()
}
