import { z } from 'zod'
import { agentAt, sandboxQueues, sandboxTrunks } from '../agents.js'
import { pageOf } from '../http/page.js'
import { parse } from '../http/parse.js'
import { missing } from '../http/refusal.js'
import { ok, type Route } from '../http/router.js'
import { chosenCallInput, chosenPlan } from './chosenCall.js'
import type { LiveCall } from './liveCall.js'
import { originateInput, originatePlan } from './originate.js'
import type { Pbx } from './pbx.js'

const trafficInput = z.strictObject({ on: z.boolean().optional(), perMinute: z.number().min(0).max(600).optional() })

/** What the PBX answers to. */
export const pbxRoutes = (pbx: Pbx): Route[] => [
  {
    method: 'GET',
    path: '/contacts',
    handle: ({ query }) => ok(pageOf(pbx.store.value.contacts, ({ id }) => id, query)),
  },
  { method: 'GET', path: '/extensions', handle: () => ok({ items: pbx.agents() }) },
  {
    method: 'GET',
    path: '/queues',
    handle: () => ok({ items: sandboxQueues.map(({ name, label }) => ({ name, label })) }),
  },
  { method: 'GET', path: '/trunks', handle: () => ok({ items: sandboxTrunks.map(name => ({ name })) }) },
  {
    method: 'GET',
    path: '/calls',
    handle: ({ query }) => ok(pageOf(pbx.store.value.recent, ({ endedAt, id }) => `${endedAt} ${id}`, query)),
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
    method: 'POST',
    path: '/originate',
    handle: ({ body }) => {
      const input = parse(originateInput, body)
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
