import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createLocalJWKSet, jwtVerify } from 'jose'
import pg from 'pg'
import type { TokenIssuer } from '../../hub/tokenIssuer.js'

/**
 * What one would write by hand for this one question: one endpoint, one statement, the permissions of an agent, a supervisor and an
 * administrator in its WHERE, token checked, person looked up. No schema, no guard, no other question.
 */
export async function handWritten(
  databaseUrl: string,
  issuer: TokenIssuer,
): Promise<{ url: string; stop(): Promise<void> }> {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 20 })
  const keys = createLocalJWKSet(issuer.jwks)
  const people = new Map<string, Promise<Person>>()
  const personOf = (subject: string) => {
    const known = people.get(subject) ?? loadPerson(pool, subject)
    people.set(subject, known)
    return known
  }
  const server = createServer(async (request, response) => {
    const token = request.headers.authorization?.slice(7) ?? ''
    const { payload } = await jwtVerify(token, keys, { issuer: issuer.issuer, audience: issuer.audience })
    const person = await personOf(payload.sub!)
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const { variables } = JSON.parse(Buffer.concat(chunks).toString())
    const nodes = await customers(pool, person, variables)
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify({ data: { customers: { nodes } } }))
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    stop: async () => {
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
      await pool.end()
    },
  }
}

interface Person {
  id: string
  role: string
  teams: string[]
}

async function loadPerson(pool: pg.Pool, subject: string): Promise<Person> {
  const { rows } = await pool.query('select id, role, team_id from access.person where id = $1', [subject])
  const { id, role, team_id } = rows[0]
  return { id, role, teams: role === 'SUPERVISOR' ? [team_id] : [] }
}

const STATEMENT = `
  select c.id, c.name, c.stage, x.calls
  from (
    select id, name, stage, updated_at from crm.customer
    where archived_at is null and stage = any($1)
      and ($2 = 'ADMIN' or ($2 = 'SUPERVISOR' and team_id = any($3)) or ($2 = 'AGENT' and owner_id = $4))
    order by updated_at desc, id desc limit 20
  ) c
  cross join lateral (
    select coalesce(json_agg(json_build_object(
      'id', k.id, 'direction', k.direction, 'outcome', k.outcome, 'startedAt', k.started_at, 'talkSeconds', k.talk_seconds,
      'agent', case when p.id is null then null else json_build_object('id', p.id, 'name', p.name) end
    ) order by k.started_at desc, k.id desc), '[]') as calls
    from (
      select * from call.call
      where customer_id = c.id
        and ($2 = 'ADMIN' or ($2 = 'SUPERVISOR' and team_id = any($3)) or ($2 = 'AGENT' and (agent_id = $4 or owner_id = $4)))
      order by started_at desc, id desc limit 5
    ) k
    left join access.person p on p.id = k.agent_id
      and ($2 = 'ADMIN' or ($2 = 'SUPERVISOR' and p.team_id = any($3)) or ($2 = 'AGENT' and (p.id = $4)))
  ) x
  order by c.updated_at desc, c.id desc`

interface CallRow {
  startedAt: string
}

async function customers(
  pool: pg.Pool,
  { id, role, teams }: Person,
  { stages }: { stages: string[] },
): Promise<object[]> {
  const { rows } = await pool.query({ name: 'customers', text: STATEMENT, values: [stages, role, teams, id] })
  return rows.map(row => ({
    id: row.id,
    name: row.name,
    stage: row.stage,
    calls: {
      nodes: row.calls.map((call: CallRow) => ({ ...call, startedAt: new Date(call.startedAt).toISOString() })),
    },
  }))
}
