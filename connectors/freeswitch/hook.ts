import { createHash, timingSafeEqual } from 'node:crypto'
import { badInput, unauthenticated } from '../../kernel/errors.js'
import type { HookDelivery, HookRequest } from '../../kernel/ports/index.js'
import { type NamedRecord, parseRecord } from './readRecord.js'
import type { FreeSwitchSettings } from './settings.js'

/** A post of mod_json_cdr: the record of one leg. It has no signature; who posts it signs in. */
export function receive({ poster }: FreeSwitchSettings, { headers, body }: HookRequest): HookDelivery[] {
  if (poster === null || !isPoster(poster, headers.authorization))
    throw unauthenticated('Sign in by Basic authentication, with the username and the secret of the system (cred).')
  return [recordOf(body).delivery]
}

/** The record of one leg, however it was written down, and what is stored of it. Throws BAD_USER_INPUT for what is none. */
export function recordOf(body: Buffer): { delivery: HookDelivery; record: NamedRecord } {
  const given = recordIn(body)
  try {
    const record = parseRecord(given)
    return { record, delivery: { key: `cdr:${record.id}`, payload: Buffer.from(JSON.stringify(given)) } }
  } catch {
    throw notARecord()
  }
}

function isPoster({ username, secret }: { username: string; secret: string }, authorization = ''): boolean {
  const given = /^Basic ([\w+/=-]+)$/i.exec(authorization)?.[1] ?? ''
  // Digests have one length, whatever was sent.
  return timingSafeEqual(digest(Buffer.from(given, 'base64')), digest(Buffer.from(`${username}:${secret}`)))
}

const digest = (bytes: Buffer): Buffer => createHash('sha256').update(bytes).digest()

/** JSON as it is, or in the field `cdr` of a form, encoded for URLs or in Base64; what the content type says does not tell which. */
function recordIn(body: Buffer): unknown {
  const text = body.toString().trim()
  if (text.startsWith('{')) return json(text)
  const field = text.startsWith('cdr=') ? text.slice('cdr='.length) : text
  return field.startsWith('%') || field.startsWith('{')
    ? json(unescaped(field))
    : json(Buffer.from(field, 'base64').toString())
}

function unescaped(field: string): string {
  try {
    return decodeURIComponent(field)
  } catch {
    throw notARecord()
  }
}

function json(text: string): unknown {
  try {
    // Base64 of a text that was counted too long ends in zeros.
    return JSON.parse(text.replace(/\0+$/, ''))
  } catch {
    throw notARecord()
  }
}

const notARecord = () => badInput('body', 'The body must be the record of one leg as mod_json_cdr posts it.')
