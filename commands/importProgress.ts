import cliProgress from 'cli-progress'
import type { Clock } from '../kernel/clock.js'
import type { Counts } from '../subgraphs/sync/index.js'

/** Where a command speaks to people. */
export interface Screen {
  isTTY: boolean
  stream: NodeJS.WriteStream | null
  line(text: string): void
}

export interface ImportProgress {
  came(counts: Counts, share: number | null): void
  stop(): void
}

const EVERY_MS = 5000
const STEPS = 1000

/** A bar on a terminal, else a line every few seconds: rows, rows a second, and when it will be over. */
export function importProgress(screen: Screen, clock: Clock): ImportProgress {
  const began = clock.now().getTime()
  /** After the first batch: a run that goes on has read much that it did not write. */
  let first: { at: number; read: number; share: number | null } | null = null
  const facts = (counts: Counts, share: number | null) => {
    const at = clock.now().getTime()
    first ??= { at, read: counts.read, share }
    const seconds = (at - first.at) / 1000
    const done = (share ?? 0) - (first.share ?? 0)
    return {
      rows: counts.read,
      rejected: counts.rejected,
      rate: seconds > 0 ? Math.round((counts.read - first.read) / seconds) : '?',
      left: done > 0 ? clockText(((1 - share!) * seconds) / done) : '?',
    }
  }
  if (screen.isTTY && screen.stream) return bar(screen.stream, facts)
  let last = began
  return {
    came: (counts, share) => {
      const now = clock.now().getTime()
      if (now - last < EVERY_MS) return
      last = now
      const { rows, rate, rejected, left } = facts(counts, share)
      const percent = share === null ? '' : ` ${Math.floor(share * 100)}%,`
      screen.line(`${percent} ${rows} rows, ${rate}/s, ${rejected} rejected, ${left} left`.trim())
    },
    stop: () => undefined,
  }
}

type Facts = (counts: Counts, share: number | null) => Record<string, string | number>

function bar(stream: NodeJS.WriteStream, facts: Facts): ImportProgress {
  const shown = new cliProgress.SingleBar(
    {
      stream,
      format: ' {bar} {percentage}%  {rows} rows  {rate}/s  {rejected} rejected  {left} left',
      hideCursor: true,
      clearOnComplete: true,
    },
    cliProgress.Presets.shades_classic,
  )
  shown.start(STEPS, 0, { rows: 0, rate: 0, rejected: 0, left: '?' })
  return {
    came: (counts, share) => shown.update(Math.floor((share ?? 0) * STEPS), facts(counts, share)),
    stop: () => shown.stop(),
  }
}

const clockText = (seconds: number): string => {
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, Math.floor(seconds % 60)]
  const two = (part: number) => String(part).padStart(2, '0')
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`
}
