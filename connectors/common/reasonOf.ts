const REASONS: Record<string, string> = {
  ECONNREFUSED: 'nothing listens at its address',
  ENOTFOUND: 'the name of its host is not known',
  ECONNRESET: 'it broke the connection',
  ETIMEDOUT: 'it cannot be reached',
}

/** Why a connection failed, in words that hold nothing the other side sent. */
export function reasonOf(error: NodeJS.ErrnoException): string {
  return REASONS[error.code ?? ''] ?? `the connection failed (${error.code ?? error.name})`
}
