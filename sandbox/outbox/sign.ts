import { createHmac } from 'node:crypto'

/** Headers by which the hub knows who sent a body and when: HMAC-SHA256 over `timestamp.body`, timestamp in milliseconds. */
export function signedHeaders(secret: string, at: Date, body: string): Record<string, string> {
  const timestamp = String(at.getTime())
  const mac = createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')
  return { 'content-type': 'application/json', 'x-hub-timestamp': timestamp, 'x-hub-signature': `v1=${mac}` }
}
