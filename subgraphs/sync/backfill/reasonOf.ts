import { HubError } from '../../../kernel/errors.js'

const WORDS: Record<string, string> = {
  ENOENT: 'It is not there.',
  EACCES: 'The hub may not read it.',
  EPERM: 'The hub may not read it.',
  EISDIR: 'It is a folder.',
  ENOTDIR: 'It is no folder.',
  ECONNREFUSED: 'Nothing listens at its address.',
  ENOTFOUND: 'The name of its host is not known.',
  ECONNRESET: 'It broke the connection.',
  ETIMEDOUT: 'It cannot be reached.',
}

/**
 * Why records could not be read, in words that hold no personal value: those of a HubError, or what an error of the machine means. Any other
 * error may quote a record.
 */
export function reasonOf(error: unknown): string {
  if (error instanceof HubError) return error.message
  const code = error instanceof Error ? codeOf(error) : undefined
  return WORDS[code ?? ''] ?? 'It could not be read to its end; the log of the hub says why.'
}

/** `fetch` hides it in the cause. */
function codeOf(error: Error): string | undefined {
  const { code, cause } = error as Error & { code?: unknown }
  if (typeof code === 'string') return code
  return cause instanceof Error ? codeOf(cause) : undefined
}
