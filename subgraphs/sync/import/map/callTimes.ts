import type { LoadProblem } from '../../../../kernel/ports/index.js'
import { because } from './mapped.js'

/** What a list says of when a call was what; seconds are whole. */
export interface ToldTimes {
  startedAt: Date
  /** When it began to ring, or how long it rang. */
  ringing: Date | number | null
  answeredAt: Date | null
  endedAt: Date | null
  talk: number | null
  /** From start to end. */
  duration: number | null
  /** Whether somebody answered; null where the list does not say. */
  answered: boolean | null
}

export interface CallTimes {
  startedAt: Date
  ringingAt: Date | null
  answeredAt: Date | null
  endedAt: Date
  problems: LoadProblem[]
}

/** Puts a call's times together from whatever a list says of them; what contradicts the start or the outcome is left out. */
export function callTimes(told: ToldTimes): CallTimes {
  const { startedAt, ringing, duration } = told
  const problems: LoadProblem[] = []
  const later = (field: string, date: Date | null): Date | null => {
    if (date === null || date >= startedAt) return date
    problems.push(because(field, 'BEFORE_START'))
    return null
  }
  const saidEnd = later('endedAt', told.endedAt)
  const saidAnswer = later('answeredAt', told.answeredAt)
  const saidRing = ringing instanceof Date ? later('ringing', ringing) : null
  const rang = typeof ringing === 'number' ? ringing : null
  const talk = told.talk ?? 0
  const answered = told.answered ?? (saidAnswer !== null || talk > 0)
  if (!answered && (saidAnswer !== null || talk > 0))
    problems.push(because(saidAnswer !== null ? 'answeredAt' : 'talk', 'NOT_ANSWERED'))
  const end = saidEnd ?? (duration === null ? null : after(startedAt, duration))
  if (!answered) {
    const endedAt = end ?? after(saidRing ?? startedAt, rang ?? 0)
    return {
      startedAt,
      ringingAt: saidRing ?? ringBefore(endedAt, rang, startedAt),
      answeredAt: null,
      endedAt,
      problems,
    }
  }
  const answeredAt = earlier(
    saidAnswer ??
      (end && told.talk !== null ? latest(startedAt, after(end, -talk)) : after(saidRing ?? startedAt, rang ?? 0)),
    saidEnd,
  )
  const endedAt = end && end >= answeredAt ? end : after(answeredAt, talk)
  return { startedAt, ringingAt: saidRing ?? ringBefore(answeredAt, rang, startedAt), answeredAt, endedAt, problems }
}

const after = (date: Date, seconds: number): Date => new Date(date.getTime() + seconds * 1000)
const latest = (a: Date, b: Date): Date => (a > b ? a : b)
const earlier = (a: Date, b: Date | null): Date => (b !== null && b < a ? b : a)

const ringBefore = (date: Date, seconds: number | null, start: Date): Date | null =>
  seconds === null ? null : latest(start, after(date, -seconds))
