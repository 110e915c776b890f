import { z } from 'zod'
import { pageOf } from '../http/page.js'
import { parse } from '../http/parse.js'
import { type Answer, type Exchange, ok, type Route } from '../http/router.js'
import type { Crm } from './crm.js'
import { expectedVersion } from './expectedVersion.js'
import { type CrmRecord, type Resource, resources } from './resources.js'

const filter = z.object({ modifiedSince: z.iso.datetime({ offset: true }).optional() })
const switchInput = z.strictObject({ on: z.boolean() })

/** What the CRM answers to. */
export const crmRoutes = (crm: Crm, jwks: object): Route[] => [
  ...resources.flatMap(resource => resourceRoutes(crm, resource)),
  { method: 'GET', path: '/.well-known/jwks.json', open: true, handle: () => ok(jwks) },
  {
    method: 'POST',
    path: '/control/webhooks',
    handle: ({ body }) => {
      const { on } = parse(switchInput, body)
      crm.setWebhooks(on)
      return ok({ on })
    },
  },
  {
    method: 'GET',
    path: '/control/state',
    handle: () =>
      ok({
        records: Object.fromEntries(resources.map(({ name }) => [name, crm.cabinet.all(name).length])),
        webhooks: crm.store.value.webhooks,
        outbox: { waiting: crm.outbox.length, lost: crm.outbox.lost },
      }),
  },
]

function resourceRoutes(crm: Crm, resource: Resource): Route[] {
  const many = `/${resource.name}`
  const one = `${many}/:id`
  return [
    { method: 'GET', path: many, handle: ({ query }) => list(crm, resource, query) },
    { method: 'GET', path: one, handle: ({ params }) => shown(200, crm.cabinet.get(resource.name, params.id!)) },
    { method: 'POST', path: many, handle: exchange => create(crm, resource, exchange) },
    {
      method: 'PATCH',
      path: one,
      handle: ({ params, headers, body }) => {
        const { version, fields } = expectedVersion(headers['if-match'], body)
        return shown(200, crm.cabinet.update(resource, params.id!, fields, version))
      },
    },
    {
      method: 'DELETE',
      path: one,
      handle: ({ params, headers }) => {
        crm.cabinet.delete(resource, params.id!, expectedVersion(headers['if-match'], {}).version)
        return { status: 204 }
      },
    },
  ]
}

/** In the order in which they were last modified, so that a pull can go on where it stopped. */
function list(crm: Crm, { name }: Resource, query: URLSearchParams): Answer {
  const { modifiedSince } = parse(filter, Object.fromEntries(query))
  const since = modifiedSince ? new Date(modifiedSince).toISOString() : ''
  const records = crm.cabinet.all(name).filter(({ modifiedAt }) => modifiedAt >= since)
  return ok(pageOf(records, ({ modifiedAt, id }) => `${modifiedAt} ${id}`, query))
}

const create = (crm: Crm, resource: Resource, { headers, body }: Exchange) =>
  shown(201, crm.cabinet.create(resource, body, headers['x-skip-duplicate-check'] === 'true'))

const shown = (status: number, record: CrmRecord): Answer => ({
  status,
  body: record,
  headers: { etag: `"${record.version}"` },
})
