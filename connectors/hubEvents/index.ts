import { z } from 'zod'
import { badInput } from '../../kernel/errors.js'
import type { CallFact, Connector, Direction, HookDelivery, Outcome } from '../../kernel/ports/index.js'
import { event, eventTypes, type HubEvent } from './event.js'
import { checkSignature } from './signature.js'

const settings = z.object({
  secret: z.string('needs a secret, which signs its events').min(8, 'needs a secret of 8 characters or more'),
})

const MOST_EVENTS = 1000

/** Call events as signed JSON, for every phone system that can send a webhook; see docs/hooks.md. */
export const hubEvents: Connector = {
  name: 'hub-events',
  capabilities: { events: false, hooks: true, backfill: false, dial: false, recordings: false },
  check: system => void secretOf(system.settings),
  receive: (system, request) => {
    checkSignature(secretOf(system.settings), request)
    return eventsOf(request.body).map(delivery)
  },
  normalise: (_system, payload) => [factOf(event.parse(JSON.parse(payload.toString())))],
}

function secretOf(given: Record<string, unknown>): string {
  const { data, error } = settings.safeParse(given)
  if (error) throw new Error(error.issues.map(({ message }) => message).join('; '))
  return data.secret
}

function eventsOf(body: Buffer): HubEvent[] {
  const parsed = parse(body)
  const wrapped = typeof parsed === 'object' && parsed !== null && 'events' in parsed ? parsed.events : parsed
  const list = Array.isArray(wrapped) ? wrapped : [wrapped]
  if (list.length > MOST_EVENTS) throw badInput('events', `Send at most ${MOST_EVENTS} events at a time.`)
  return list.map((one, i) => {
    const { data, error } = event.safeParse(one)
    if (data) return data
    const { path, message } = error.issues[0]!
    const field = ['events', i, ...path].join('.')
    throw badInput(field, `${field}: ${message}`)
  })
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body))
  } catch {
    throw badInput('body', 'The body must be JSON in UTF-8: one event, a list of events, or {"events": […]}.')
  }
}

const delivery = (one: HubEvent): HookDelivery => ({ key: one.id, payload: Buffer.from(JSON.stringify(one)) })

const upper = (text: string | undefined) => text?.toUpperCase()

function factOf({ id, type, at, direction, outcome, consent, by, ...same }: HubEvent): CallFact {
  return {
    ...same,
    key: id,
    kind: eventTypes[type],
    at: new Date(at).toISOString(),
    direction: upper(direction) as Direction | undefined,
    outcome: upper(outcome) as Outcome | undefined,
    consent: upper(consent),
    by: upper(by) as CallFact['by'],
  }
}
