import { pino } from 'pino'
import type { Clock } from '../clock.js'
import type { Log, LogLevel } from './log.js'
import { prettyLine } from './prettyLine.js'
import { redact, scrub } from './redact.js'

export interface LogOptions {
  level: LogLevel
  clock: Clock
  /** For people at a terminal; by default one JSON object a line. */
  pretty?: boolean
  /** Where lines go; by default stderr, because commands print their answers to stdout. */
  write?: (line: string) => void
}

/** Opens the log. Every field and text passes `redact` before it reaches a line. */
export function createLog({ level, clock, pretty = false, write = toStderr }: LogOptions): Log {
  const sink = pino(
    {
      level,
      base: undefined,
      // Errors are described by `redact` already; pino's own way would bring back their type as Object.
      serializers: { err: err => err },
      timestamp: () => `,"time":"${clock.now().toISOString()}"`,
      formatters: { level: label => ({ level: label }) },
    },
    { write: pretty ? line => write(prettyLine(line)) : write },
  )
  return new RedactingLog(sink, {})
}

const toStderr = (line: string): void => void process.stderr.write(line)

type Level = Exclude<LogLevel, 'silent'>

class RedactingLog implements Log {
  readonly #sink: pino.Logger
  readonly #fields: Record<string, unknown>

  constructor(sink: pino.Logger, fields: Record<string, unknown>) {
    this.#sink = sink
    this.#fields = fields
  }

  debug(fields: object | string, text?: string): void {
    this.#write('debug', fields, text)
  }

  info(fields: object | string, text?: string): void {
    this.#write('info', fields, text)
  }

  warn(fields: object | string, text?: string): void {
    this.#write('warn', fields, text)
  }

  error(fields: object | string, text?: string): void {
    this.#write('error', fields, text)
  }

  child(fields: object): Log {
    return new RedactingLog(this.#sink, { ...this.#fields, ...redact(fields) })
  }

  #write(level: Level, fields: object | string, text = ''): void {
    if (!this.#sink.isLevelEnabled(level)) return
    if (typeof fields === 'string') this.#sink[level](this.#fields, scrub(fields))
    else this.#sink[level]({ ...this.#fields, ...redact(fields) }, scrub(text))
  }
}
