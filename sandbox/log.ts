/** What the sandbox needs of a log; pino fits. No number, name or note is ever handed to it. */
export interface SandboxLog {
  info(fields: object, text: string): void
  warn(fields: object, text: string): void
  error(fields: object, text: string): void
}
