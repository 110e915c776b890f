/** China keeps one zone, UTC+8, and no summer time: a fixed offset is exact. */
export const hourMs = 3_600_000
export const dayMs = 24 * hourMs
const offsetMs = 8 * hourMs

/** Milliseconds since the epoch at which the day of `at` began in Shanghai. */
export const dayStart = (at: Date | number) => {
  const ms = Number(at)
  return ms - ((ms + offsetMs) % dayMs)
}

/** 0 is Sunday. */
export const weekday = (at: Date | number) => new Date(Number(at) + offsetMs).getUTCDay()

/** Hour of the day with its fraction: 13.5 is half past one. */
export const hourOfDay = (at: Date | number) => ((Number(at) + offsetMs) % dayMs) / hourMs

/** `20261123` */
export const dayStamp = (at: Date | number) =>
  new Date(Number(at) + offsetMs).toISOString().slice(0, 10).replaceAll('-', '')
