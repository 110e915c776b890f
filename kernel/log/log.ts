/** What the hub says about itself. No personal value passes it: see `redact`. */
export interface Log {
  debug(fields: object, text: string): void
  debug(text: string): void
  info(fields: object, text: string): void
  info(text: string): void
  warn(fields: object, text: string): void
  warn(text: string): void
  error(fields: object, text: string): void
  error(text: string): void
  /** A log whose every line carries these fields too, such as `{ part: 'gateway' }`. */
  child(fields: object): Log
}

export const logLevels = ['debug', 'info', 'warn', 'error', 'silent'] as const
export type LogLevel = (typeof logLevels)[number]
