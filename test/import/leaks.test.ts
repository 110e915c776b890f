import { describe, expect, it } from 'vitest'
import { TestClock } from '../../kernel/clock.js'
import { createLog } from '../../kernel/log/index.js'
import { startHub } from '../kit/startHub.js'
import { encodings } from '../security/encodings.js'
import { importing } from './importing.js'

const logged: string[] = []
const hub = await startHub({
  log: createLog({ level: 'debug', clock: new TestClock(), write: line => void logged.push(line) }),
})
const list = await importing(hub)

/** Where they stand in the lists is good and bad. */
const planted = [
  '13798760001',
  '13798760002',
  '13798760003',
  '13798760004',
  'geheim.person@mail.example.com',
  '隐秘路77号',
]

describe('C4: an import', () => {
  it('shows no value of a row: not on the screen, in the log, in runs, audit, alerts or names of columns', async () => {
    const said: string[] = []
    const customers = [
      `id,name,phone,email,address,owner,${planted[3]}`,
      `1,张(${planted[0]}),${planted[0]},${planted[4]},${planted[5]},${planted[1]},x`,
      `2,,没有 ${planted[2]} 号,${planted[4]} oder so,,,`,
      `,${planted[1]},,,,,`,
      `${planted[2]}\u0001,乙,${planted[2]},,,,`,
      `4,丙,${planted[3]},,,,,${planted[4]}`,
    ].join('\n')
    const path = await list.file('customers.csv', customers)
    said.push((await list.run(path, '--system', 'sandbox-crm', '--type', 'customers', '--dry-run')).said)
    said.push((await list.run(path, '--system', 'sandbox-crm', '--type', 'customers')).said)
    const calls = await list.file(
      'calls.csv',
      `direction,phone,start,agent,outcome\nin,${planted[0]},2026-11-01 10:00,${planted[1]},${planted[2]}\n${planted[3]},1,${planted[4]},,\n`,
    )
    said.push((await list.run(calls, '--system', 'sandbox-pbx', '--type', 'calls')).said)
    const headless = await list.file('headless.csv', `${planted[0]},${planted[4]},id\n`)
    said.push((await list.run(headless, '--system', 'sandbox-pbx', '--type', 'calls')).said)
    expect(said.join()).toContain('rejected')
    const tables = ['hub.audit_entry', 'hub.feed_event', 'sync.alert', 'sync.run', 'hub.data_key', 'crm.external_id']
    const rows = await Promise.all(
      tables.map(table =>
        hub.kernel.systemEm().getConnection().execute<{ t: string }[]>(`select t::text as t from ${table} t`),
      ),
    )
    const { calls: seen } = await hub.as('admin').query('{ calls { nodes { externalId } } }')
    expect(seen.nodes).toHaveLength(1)
    const everything = [...said, ...logged, ...rows.flat().map(({ t }) => t), JSON.stringify(seen)].join('\n')
    for (const value of planted)
      expect(
        encodings(value).filter(form => everything.includes(form)),
        value,
      ).toEqual([])
  })

  it('audits each batch with its counts', async () => {
    const { auditTrail } = await hub
      .as('auditor')
      .query('{ auditTrail(filter: { kind: SYNC }) { nodes { action system detail } } }')
    const batches = auditTrail.nodes.filter(({ action }: { action: string }) => action.endsWith('.imported'))
    expect(batches).toEqual([
      {
        action: 'Call.imported',
        system: 'sandbox-pbx',
        detail: { read: 2, created: 1, linked: 0, known: 0, rejected: 1 },
      },
      {
        action: 'Customer.imported',
        system: 'sandbox-crm',
        detail: { read: 5, created: 1, linked: 0, known: 0, rejected: 4 },
      },
    ])
  })
})
