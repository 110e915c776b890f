import { readFile } from 'node:fs/promises'
import { createSecureContext } from 'node:tls'
import { messageOf } from '../kernel/errors.js'

export interface Tls {
  cert: Buffer
  key: Buffer
}

/** The certificate and key of the settings; null where none are set. Throws with what to do when they cannot be used. */
export async function readTls({
  tlsCert,
  tlsKey,
}: {
  tlsCert: string | null
  tlsKey: string | null
}): Promise<Tls | null> {
  if (!tlsCert || !tlsKey) return null
  const [cert, key] = await both(read('TLS_CERT', tlsCert), read('TLS_KEY', tlsKey))
  try {
    createSecureContext({ cert, key })
  } catch (error) {
    throw new Error(
      `TLS_CERT (${tlsCert}) and TLS_KEY (${tlsKey}) cannot be used: ${messageOf(error)}. Both must be PEM without a passphrase, and the key that of the first certificate.`,
    )
  }
  return { cert, key }
}

/** Where neither can be had, both reasons are told. */
async function both<T>(one: Promise<T>, other: Promise<T>): Promise<[T, T]> {
  const [first, second] = await Promise.allSettled([one, other])
  if (first.status === 'fulfilled' && second.status === 'fulfilled') return [first.value, second.value]
  const reasons = [first, second].flatMap(result => (result.status === 'rejected' ? messageOf(result.reason) : []))
  throw new Error(reasons.join('\n'))
}

const REASONS: Partial<Record<string, string>> = {
  ENOENT: 'is not there. Correct the path',
  EACCES: 'may not be read by the user the hub runs as. Give it the right to',
  EISDIR: 'is a folder. Name the file in it',
}

function read(setting: string, path: string): Promise<Buffer> {
  return readFile(path).catch((error: NodeJS.ErrnoException) => {
    throw new Error(`${setting}: ${path} ${REASONS[error.code ?? ''] ?? `cannot be read (${error.code})`}.`)
  })
}
