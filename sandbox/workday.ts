import { dayMs, hourMs, weekday } from './shanghai.js'

/** Half-hours of a working day and how busy the telephones are in each: from 09:00 to 18:30, with a dip at lunch. */
const halfHours: readonly (readonly [hour: number, weight: number])[] = [
  [9, 6],
  [9.5, 9],
  [10, 10],
  [10.5, 10],
  [11, 9],
  [11.5, 6],
  [12, 2],
  [12.5, 2],
  [13, 4],
  [13.5, 7],
  [14, 9],
  [14.5, 10],
  [15, 10],
  [15.5, 9],
  [16, 8],
  [16.5, 7],
  [17, 6],
  [17.5, 4],
  [18, 2],
]
const busiest = 10

/** Sunday first: Mondays are busiest, Saturdays have an emergency crew, Sundays almost nobody. */
const weekdays = [0.03, 1.15, 1.05, 1, 1, 0.95, 0.25] as const

/** A half-hour in which calls begin, as milliseconds since the epoch, with its share. */
export interface Slot {
  from: number
  to: number
  weight: number
}

/** The half-hours of the working day that begins at `dayStart`. */
export const slotsOf = (dayStart: number): Slot[] =>
  halfHours.map(([hour, weight]) => ({
    from: dayStart + hour * hourMs,
    to: dayStart + (hour + 0.5) * hourMs,
    weight: weight * weekdays[weekday(dayStart)]!,
  }))

/** From 0.75 at night to 1 in the busiest hour, so that a demonstration is alive whenever it is given. */
export function pace(at: Date | number, dayStart: number): number {
  const slot = slotsOf(dayStart).find(({ from, to }) => Number(at) >= from && Number(at) < to)
  return 0.75 + (0.25 * Math.min(busiest, slot?.weight ?? 0)) / busiest
}

/** A moment on a working day that many days ago, in office hours. */
export const officeMoment = (dayStart: number, daysAgo: number, fraction: number) =>
  dayStart - daysAgo * dayMs + 9 * hourMs + Math.floor((fraction * 9.5 * hourMs) / 1000) * 1000
