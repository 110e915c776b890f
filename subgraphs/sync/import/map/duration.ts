export type DurationUnit = 'seconds' | 'milliseconds' | 'minutes'

const SECONDS: Record<DurationUnit, number> = { seconds: 1, milliseconds: 0.001, minutes: 60 }
const NUMBER = /^\d{1,12}(?:\.\d{1,6})?$/
const CLOCK = /^(?:(\d{1,4}):)?(\d{1,3}):(\d{1,2})(?:\.\d{1,6})?$/
const WORDS =
  /^(?:(\d{1,4})(?:小时|时|h(?:ours?)?))?\s*(?:(\d{1,5})(?:分钟?|m(?:in(?:utes?)?)?))?\s*(?:(\d{1,7})(?:\.\d+)?(?:秒钟?|s(?:ec(?:onds?)?)?))?$/i
/** The database counts no further. */
const MOST = 2_147_483_647

/** Whole seconds of a duration as it was written: `75`, `00:01:15`, `1:15`, `10秒`, `1分20秒`, `1h2m3s`; plain numbers are in `unit`. undefined for what is none. */
export function readDuration(text: string, unit: DurationUnit = 'seconds'): number | undefined {
  const seconds = secondsOf(text.trim(), unit)
  return seconds !== undefined && seconds <= MOST ? seconds : undefined
}

function secondsOf(text: string, unit: DurationUnit): number | undefined {
  if (text === '') return undefined
  // Whole seconds that passed, as telephone systems count them.
  if (NUMBER.test(text)) return Math.floor(Number(text) * SECONDS[unit] + 1e-9)
  const parts = CLOCK.exec(text) ?? WORDS.exec(text)
  if (!parts) return undefined
  const [hours, minutes, seconds] = parts.slice(1).map(part => Number(part ?? 0)) as [number, number, number]
  return hours * 3600 + minutes * 60 + seconds
}
