/** What FreeSWITCH counts in microseconds, as ISO 8601 in UTC with milliseconds; undefined for 0 (never) and for what is no time. */
export function timeOf(micros: string | undefined): string | undefined {
  if (micros === undefined || !/^[1-9]\d{12,16}$/.test(micros)) return undefined
  return new Date(Math.floor(Number(micros) / 1000)).toISOString()
}

/** The same for whole seconds. */
export const secondsAt = (seconds: string | undefined): string | undefined =>
  seconds === undefined ? undefined : timeOf(`${seconds}000000`)

// Times are all written alike, so that texts compare as times do.

export const earliest = (...times: (string | undefined)[]): string | undefined =>
  times.filter(time => time !== undefined).sort()[0]

/** Of these and of one that is known. */
export const latest = (known: string, ...times: (string | undefined)[]): string =>
  times.reduce<string>((last, time) => (time !== undefined && time > last ? time : last), known)
