import { z } from 'zod'
import { agentAt, agentsOf, sandboxQueues, sandboxTrunks } from '../agents.js'
import { pageOf } from '../http/page.js'
import { parse } from '../http/parse.js'
import { missing, Refusal } from '../http/refusal.js'
import { ok, type Route } from '../http/router.js'
import { chosenCallInput, chosenPlan } from './chosenCall.js'
import type { LiveCall } from './liveCall.js'
import { originateInput, originatePlan } from './originate.js'
import type { Pbx } from './pbx.js'
import { wavOf } from './wav.js'

const historyInput = z
  .object({ since: z.iso.datetime({ offset: true }), until: z.iso.datetime({ offset: true }) })
  .partial()
const trafficInput = z.strictObject({ on: z.boolean().optional(), perMinute: z.number().min(0).max(600).optional() })

/** What the PBX answers to. */
export const pbxRoutes = (pbx: Pbx): Route[] => [
  {
    method: 'GET',
    path: '/contacts',
    handle: ({ query }) => ok(pageOf(pbx.store.value.contacts, ({ id }) => id, query)),
  },
  { method: 'GET', path: '/about', handle: () => ok({ product: 'Sandbox PBX', version: '1' }) },
  { method: 'GET', path: '/extensions', handle: () => ok({ items: pbx.agents() }) },
  {
    method: 'GET',
    path: '/queues',
    handle: () =>
      ok({
        items: sandboxQueues.map(({ name, label, team }) => ({
          name,
          label,
          members: agentsOf(team).map(({ extension }) => extension),
        })),
      }),
  },
  { method: 'GET', path: '/trunks', handle: () => ok({ items: sandboxTrunks.map(name => ({ name })) }) },
  {
    method: 'GET',
    path: '/calls',
    handle: ({ query }) => {
      const { since, until } = parse(historyInput, Object.fromEntries(query))
      const from = since === undefined ? 0 : Date.parse(since)
      const calls = pbx.switchboard.history(from, until === undefined ? Number.POSITIVE_INFINITY : Date.parse(until))
      return ok(pageOf(calls, ({ startedAt, id }) => `${startedAt} ${id}`, query))
    },
  },
  { method: 'GET', path: '/calls/live', handle: () => ok({ items: pbx.switchboard.live.map(shown) }) },
  {
    method: 'POST',
    path: '/calls/:id/hangup',
    handle: ({ params }) => {
      const call = pbx.switchboard.find(params.id!)
      if (!call) throw missing()
      pbx.switchboard.hangUp(call, pbx.now())
      return { status: 204 }
    },
  },
  {
    method: 'GET',
    path: '/recordings',
    handle: ({ query }) => ok(pageOf(pbx.store.value.recordings, ({ createdAt, id }) => `${createdAt} ${id}`, query)),
  },
  {
    method: 'GET',
    path: '/recordings/:id',
    handle: ({ params }) => {
      const recording = pbx.store.value.recordings.find(({ id }) => id === params.id)
      if (!recording) throw missing()
      return { status: 200, bytes: wavOf(recording.seconds), headers: { 'content-type': 'audio/wav' } }
    },
  },
  {
    method: 'POST',
    path: '/originate',
    handle: ({ body }) => {
      const input = parse(originateInput, body)
      if (!agentAt(input.extension)) throw new Refusal(404, 'no_such_extension')
      if (input.callId && pbx.switchboard.knows(input.callId)) return ok({ callId: input.callId })
      const call = pbx.placeChosen(originatePlan(pbx.random, input), input.callId)
      return { status: 201, body: { callId: call.id } }
    },
  },
  {
    method: 'POST',
    path: '/control/traffic',
    handle: ({ body }) => {
      pbx.traffic.set(parse(trafficInput, body))
      return ok({ on: pbx.traffic.on, perMinute: pbx.traffic.perMinute })
    },
  },
  {
    method: 'POST',
    path: '/control/call',
    handle: ({ body }) => {
      const plan = chosenPlan(parse(chosenCallInput, body ?? {}), pbx.customers)
      const call = pbx.placeChosen(plan)
      return {
        status: 201,
        body: { callId: call.id, agentId: agentAt(plan.extension ?? '')?.id ?? null, from: plan.from, to: plan.to },
      }
    },
  },
  {
    method: 'GET',
    path: '/control/state',
    handle: () =>
      ok({
        traffic: { on: pbx.traffic.on, perMinute: pbx.traffic.perMinute },
        agents: pbx.agents(),
        live: pbx.switchboard.live.map(shown),
        calls: pbx.store.value.calls,
        outbox: { waiting: pbx.outbox.length, lost: pbx.outbox.lost },
      }),
  },
]

const shown = ({ id, plan, agentLeg, startedAt, connectedAt, waiting }: LiveCall) => ({
  id,
  direction: plan.direction,
  from: plan.from,
  to: plan.to,
  queue: plan.queue,
  extension: agentLeg?.extension ?? null,
  state: connectedAt !== null ? 'talking' : waiting ? 'queued' : 'ringing',
  startedAt: new Date(startedAt).toISOString(),
})
