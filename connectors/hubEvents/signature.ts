import { createHmac, timingSafeEqual } from 'node:crypto'
import { unauthenticated } from '../../kernel/errors.js'
import type { HookRequest } from '../../kernel/ports/index.js'

const WINDOW_MS = 5 * 60_000

/**
 * Checks `x-hub-signature: v1=<hex HMAC-SHA256(secret, timestamp + "." + raw body)>` over the bytes as they came. Throws UNAUTHENTICATED on
 * anything else, and on a timestamp more than five minutes off.
 */
export function checkSignature(secret: string, { headers, body, receivedAt }: HookRequest): void {
  const timestamp = headers['x-hub-timestamp'] ?? ''
  if (!/^\d{10,16}$/.test(timestamp) || Math.abs(receivedAt.getTime() - Number(timestamp)) > WINDOW_MS) {
    throw unauthenticated('x-hub-timestamp must be the present moment in milliseconds, at most five minutes off.')
  }
  const given = /^v1=([0-9a-f]{64})$/i.exec(headers['x-hub-signature'] ?? '')?.[1] ?? ''
  const right = createHmac('sha256', secret).update(`${timestamp}.`).update(body).digest()
  if (given.length !== 64 || !timingSafeEqual(Buffer.from(given, 'hex'), right)) {
    throw unauthenticated('x-hub-signature does not fit this body, this timestamp and the secret of the system.')
  }
}
