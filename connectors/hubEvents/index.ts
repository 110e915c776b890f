import type { z } from 'zod'
import { isLoopback } from '../../kernel/env/index.js'
import { badInput } from '../../kernel/errors.js'
import type {
  CallFact,
  Connector,
  Direction,
  HookDelivery,
  Outcome,
  Presence,
  PresenceFact,
  SystemSettings,
} from '../../kernel/ports/index.js'
import type { Door } from './ask.js'
import { backfillOf } from './backfill.js'
import { callsNow } from './callsNow.js'
import { diallerOf } from './dialler.js'
import { type AgentEvent, event, eventTypes, type HubEvent } from './event.js'
import { recordingsOf } from './recordings.js'
import { settingsOf } from './settings.js'
import { checkSignature } from './signature.js'
import { surveyOf } from './survey.js'

const MOST_EVENTS = 1000

/** Events as signed JSON, for every phone system that can send a webhook; what it may be asked where it has an address. See docs/hooks.md. */
export const hubEvents: Connector = {
  name: 'hub-events',
  capabilities: { events: false, hooks: true, backfill: true, dial: true, recordings: true },
  check: system => void settingsOf(system),
  isReadable: system => {
    const { address } = settingsOf(system)
    return address?.protocol === 'http:' && !isLoopback(address.hostname)
  },
  probe: async system => {
    const calls = await asked(system, callsNow)
    return calls ? `it answers; calls that go on there: ${calls.size}` : 'it calls the hub'
  },
  receive: (system, request) => {
    checkSignature(settingsOf(system).secret, request)
    return eventsOf(request.body).map(delivery)
  },
  normalise: (_system, payload) => {
    const said = event.parse(JSON.parse(payload.toString()))
    return said.type === 'agent.state' ? [] : [factOf(said)]
  },
  presence: (_system, payload) => {
    const said = event.parse(JSON.parse(payload.toString()))
    return said.type === 'agent.state' ? [presenceOf(said)] : []
  },
  backfill: system => asked(system, backfillOf),
  dialler: system => asked(system, diallerOf),
  callsNow: system => asked(system, callsNow),
  recordings: system => asked(system, recordingsOf),
  survey: system => surveyOf(doorOf(system)),
}

/** null where the system only tells, and cannot be asked. */
function asked<T>(system: SystemSettings, ask: (door: Door) => T): T | null {
  const { address, secret } = settingsOf(system)
  return address && ask({ address, secret })
}

function doorOf(system: SystemSettings): Door {
  const door = asked(system, given => given)
  if (!door)
    throw new Error('It needs an address, such as https://pbx.example/hub: without one it tells, and cannot be asked.')
  return door
}

type AnyEvent = z.infer<typeof event>

function eventsOf(body: Buffer): AnyEvent[] {
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

const delivery = (one: AnyEvent): HookDelivery => ({ key: one.id, payload: Buffer.from(JSON.stringify(one)) })

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

const presenceOf = ({ id, at, extension, state, until, queue }: AgentEvent): PresenceFact => ({
  key: id,
  extension,
  at: new Date(at).toISOString(),
  aspect: 'WORK',
  state: state.toUpperCase() as Presence,
  ...(until !== undefined && { until: new Date(until).toISOString() }),
  ...(queue !== undefined && { queue }),
})
