import type { IncomingMessage } from 'node:http'

/** A body that cannot be taken; `status` is the HTTP status to answer with. */
export class BodyError extends Error {
  constructor(
    readonly status: 400 | 413 | 415,
    message: string,
  ) {
    super(message)
  }
}

/** The whole body of a request, up to `limit` bytes; refuses as soon as it is known to be longer, without keeping what came. */
export async function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  const announced = Number(request.headers['content-length'] ?? 0)
  if (announced > limit) throw tooLarge(limit)
  // Gone before its body was asked for: no event would come any more.
  if (request.destroyed) throw new BodyError(400, 'The body broke off.')
  const chunks: Buffer[] = []
  let size = 0
  // Not `for await`: leaving that loop destroys the socket before the refusal could be sent.
  await new Promise<void>((resolve, reject) => {
    request.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size > limit) {
        chunks.length = 0
        request.removeAllListeners('data')
        request.resume()
        reject(tooLarge(limit))
      } else chunks.push(chunk)
    })
    const brokeOff = () => {
      if (!request.complete) reject(new BodyError(400, 'The body broke off.'))
    }
    request.on('end', resolve).on('error', brokeOff).on('close', brokeOff)
  })
  return chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks, size)
}

const tooLarge = (limit: number) => new BodyError(413, `The body may have ${limit} bytes at most.`)

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false })

/** The body as text; what is not UTF-8 is refused rather than repaired, which would change values. */
export function utf8Text(body: Uint8Array): string {
  try {
    return utf8.decode(body)
  } catch {
    throw new BodyError(400, 'The body is not valid UTF-8.')
  }
}
