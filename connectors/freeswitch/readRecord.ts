import { z } from 'zod'
import type { CallFact } from '../../kernel/ports/index.js'
import { type Leg, type Said, started, wholeLeg } from './leg.js'
import { NUMBER_VARIABLE } from './originate.js'
import type { FreeSwitchSettings } from './settings.js'
import { earliest, secondsAt, timeOf } from './time.js'

const text = z.string().optional().catch(undefined)
const profile = z.object({ caller_id_number: text, destination_number: text, uuid: text, chan_name: text }).partial()
const application = z.object({ app_name: text, app_data: text })

/** The parts of mod_json_cdr's record of one leg that the hub reads. */
const record = z.object({
  variables: z.record(z.string(), z.unknown()),
  callflow: z
    .array(
      z.object({
        caller_profile: profile
          .extend({
            originator: z
              .object({ originator_caller_profiles: z.array(profile).catch([]) })
              .optional()
              .catch(undefined),
          })
          .optional()
          .catch(undefined),
      }),
    )
    .catch([]),
  app_log: z
    .object({ applications: z.array(application).catch([]) })
    .optional()
    .catch(undefined),
})

type LegRecord = z.infer<typeof record>
/** A record with the id of its leg. */
export type NamedRecord = LegRecord & { id: string }

/** The record of a leg, with the values of its variables decoded where FreeSWITCH encoded them. Throws, quoting nothing, for what is none. */
export function parseRecord(payload: unknown): NamedRecord {
  const { data } = record.safeParse(payload)
  const id = data?.variables.uuid
  if (!data || typeof id !== 'string' || !/^[\w-]{1,100}$/.test(id)) throw new Error('This is no record of a leg.')
  return { ...data, variables: decoded(data.variables), id }
}

/** What the record of one leg says about its call. Equal when the same record comes again. */
export function readRecord(settings: FreeSwitchSettings, payload: unknown): CallFact[] {
  const parsed = parseRecord(payload)
  const leg = legOf(parsed)
  if (!leg) return []
  const facts = [...callerOf(settings, parsed, leg), ...wholeLeg(settings, leg)]
  return facts.map((fact, i) => ({ ...fact, key: `cdr:${leg.id}:${i}`, callId: leg.callId }))
}

/** When the leg began and ended; undefined where its record does not say. */
export function timesOf({ variables }: LegRecord): { createdAt: string; endedAt: string } | undefined {
  const createdAt = timeOf(said(variables.start_uepoch))
  const endedAt = timeOf(said(variables.end_uepoch))
  return createdAt === undefined || endedAt === undefined ? undefined : { createdAt, endedAt }
}

function legOf(named: NamedRecord): Leg | undefined {
  const { id, variables, callflow, app_log: log } = named
  const text = (name: string) => said(variables[name])
  const time = (name: string) => timeOf(text(name))
  const times = timesOf(named)
  if (!times) return undefined
  // Each transfer puts another profile in front; the last one is the first.
  const first = callflow.at(-1)?.caller_profile
  const other = text('bridge_uuid')
  const recorder = log?.applications.find(({ app_name: name }) => name === 'record_session')
  return {
    id,
    callId: text('cc_side') === 'agent' ? (text('cc_member_session_uuid') ?? id) : (text('originator') ?? id),
    inbound: text('direction') === 'inbound',
    channel: text('channel_name'),
    gateway: text('sip_gateway_name'),
    caller: said(first?.caller_id_number),
    destination: said(first?.destination_number),
    createdAt: times.createdAt,
    saidAt: times.endedAt,
    ringingAt: earliest(time('progress_uepoch'), time('progress_media_uepoch')),
    answeredAt: time('answer_uepoch'),
    bridgedAt: time('bridge_uepoch'),
    endedAt: times.endedAt,
    cause: text('hangup_cause'),
    ...(other !== undefined && { other: { id: other, channel: text('bridge_channel') } }),
    queue: text('cc_queue'),
    queuedAt: secondsAt(text('cc_queue_joined_epoch')),
    agent: text('cc_agent'),
    consent: text('hub_consent'),
    recording: text('cc_record_filename') ?? said(recorder?.app_data),
    placedTo: text(NUMBER_VARIABLE),
  }
}

/**
 * The record of a called leg comes first, and knows who called: until that one's own record comes, the call is already seen from the right
 * side, and goes on.
 */
function callerOf(settings: FreeSwitchSettings, { callflow, variables }: LegRecord, leg: Leg): Said[] {
  if (leg.id === leg.callId) return []
  const caller = callflow
    .at(-1)
    ?.caller_profile?.originator?.originator_caller_profiles.find(({ uuid }) => uuid === leg.callId)
  if (!caller?.chan_name) return waiting(variables, leg)
  return started(settings, {
    id: leg.callId,
    callId: leg.callId,
    // Its own record knows better, where FreeSWITCH began the call itself.
    inbound: true,
    channel: caller.chan_name,
    caller: said(caller.caller_id_number),
    destination: said(caller.destination_number),
    createdAt: leg.createdAt,
    saidAt: leg.saidAt,
  })
}

/** Somebody waits in a queue that called this leg. */
function waiting(variables: LegRecord['variables'], { callId, createdAt, queue }: Leg): Said[] {
  // What the agent's phone was shown: it may be masked.
  const shown = said(variables.origination_caller_id_number)
  const from = shown !== undefined && /^\+?\d+$/.test(shown) ? shown : undefined
  return queue === undefined ? [] : [{ kind: 'QUEUED', legId: callId, at: createdAt, direction: 'INBOUND', from }]
}

const said = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined)

/** FreeSWITCH encodes the values of variables as URLs do, unless told otherwise; a channel's name then has no slash left. */
function decoded(variables: Record<string, unknown>): Record<string, unknown> {
  const name = said(variables.channel_name)
  if (name === undefined || name.includes('/')) return variables
  return Object.fromEntries(Object.entries(variables).map(([key, value]) => [key, decodedValue(value)]))
}

function decodedValue(value: unknown): unknown {
  if (typeof value !== 'string') return value
  try {
    return decodeURIComponent(value)
  } catch {
    return value
  }
}
