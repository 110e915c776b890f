import type { CallDirection, CallOutcome, CallRecord } from '../../../call/index.js'
import { callTimes } from './callTimes.js'
import type { Cells } from './cells.js'
import { because, type Mapped, rejected, type Surroundings } from './mapped.js'
import { numberIn } from './phones.js'
import { words } from './words.js'

const LONGEST = { id: 200, name: 200, text: 200, number: 500, recording: 2000, note: 5000 } as const
const MOST_POINTS = 100

/** A call in a row of a list. It needs to say when it began and who called whom. */
export function callOf(cells: Cells, surroundings: Surroundings): Mapped<CallRecord> {
  const id = cells.text('id', LONGEST.id)
  const startedAt = cells.time('startedAt')
  const direction = cells.word('direction', words.direction)
  if (startedAt === null || !direction || (id === null && cells.problems.length > 0)) {
    const time = startedAt === null && cells.problems.every(({ field }) => field !== 'startedAt')
    const missing = time ? [because('startedAt', 'MISSING')] : []
    const word = direction ? [] : [because('direction', direction === undefined ? 'UNKNOWN_WORD' : 'MISSING')]
    return rejected(...cells.problems, ...missing, ...word)
  }
  const number = direction === 'INTERNAL' ? null : outsideNumber(cells, direction, surroundings)
  if (number === null && direction !== 'INTERNAL') return rejected(...cells.problems, because('number', 'MISSING'))
  const outcome = cells.word('outcome', words.outcome)
  if (outcome === undefined) cells.leave('outcome', 'UNKNOWN_WORD')
  const told = {
    startedAt,
    ringing: cells.timeOrSeconds('ringing'),
    answeredAt: cells.time('answeredAt'),
    endedAt: cells.time('endedAt'),
    talk: cells.seconds('talk'),
    duration: cells.seconds('duration'),
    answered: outcome ? outcome === 'ANSWERED' : null,
  }
  const { problems, ...times } = callTimes(told)
  cells.problems.push(...problems)
  const agent = cells.text('agent', LONGEST.name)
  const record: CallRecord = {
    ...times,
    // A list without ids tells its calls apart by what makes them the same.
    externalId:
      id ??
      `import:${surroundings.digest([startedAt.toISOString(), direction, number, agent, times.endedAt.toISOString()].join('\0'))}`,
    direction: direction as CallDirection,
    outcome: (outcome ?? (times.answeredAt ? 'ANSWERED' : 'NO_ANSWER')) as CallOutcome,
    number,
    agent,
    queue: cells.text('queue', LONGEST.name),
    lineId: cells.text('line', LONGEST.name),
    hangupCause: cells.text('hangupCause', LONGEST.text),
    disposition: cells.text('disposition', LONGEST.text),
    recording: cells.text('recording', LONGEST.recording),
    rating: ratingIn(cells),
    note: cells.text('note', LONGEST.note),
  }
  return { record, problems: cells.problems }
}

/** A2: the caller of an inbound call, the callee of an outbound one. What is no number (`anonymous`) is kept, and matches nobody. */
function outsideNumber(cells: Cells, direction: 'INBOUND' | 'OUTBOUND', { areaCode }: Surroundings): string | null {
  const said =
    cells.text('number', LONGEST.number) ?? cells.text(direction === 'INBOUND' ? 'from' : 'to', LONGEST.number)
  return said && (numberIn(said, areaCode) ?? said)
}

function ratingIn(cells: Cells): number | null {
  const [text] = cells.all('rating')
  if (text === undefined) return null
  const points = Number(/^(\d{1,3})(?:\.0+)?\s*(?:分|星)?$/.exec(text)?.[1] ?? Number.NaN)
  return points <= MOST_POINTS ? points : cells.leave('rating', 'NO_RATING')
}
