import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile, rm } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { onlyOne } from '../../hub/onlyOne.js'
import { sandboxConfigPath } from '../../sandbox/configPath.js'
import { buildHub } from '../federation/splitProcesses.js'
import { startHub } from '../kit/startHub.js'
import { importing } from './importing.js'

/** Three batches and a half. */
const ROWS = 7000

const hub = await startHub()
const list = await importing(hub)

const query = (text: string) => hub.kernel.systemEm().getConnection().execute<Record<string, any>[]>(text)
const into = (type: string) => ['--system', 'sandbox-crm', '--type', type]
/** Every tenth row has no number and no id. */
const rowsFrom = (prefix: string, count = ROWS) =>
  Array.from({ length: count }, (_, n) =>
    n % 10 === 9 ? `,客户${n},` : `${prefix}-${n},客户${n},13${prefix.charCodeAt(0) % 10}${String(n).padStart(8, '0')}`,
  )
const csv = (prefix: string, count = ROWS) => ['id,name,phone', ...rowsFrom(prefix, count)].join('\n')
const namesOf = async (prefix: string) =>
  (
    await query(`select c.name, p.masked from crm.external_id e join crm.customer c on c.id = e.customer_id
      join crm.customer_phone p on p.customer_id = c.id where e.external_id like '${prefix}-%' order by c.name`)
  ).map(({ name, masked }) => `${name} ${masked.slice(-4)}`)
const latest = async () =>
  (
    await hub
      .as('admin')
      .query('{ syncRuns(first: 1) { nodes { name state progress records changed rejected error system { id } } } }')
  ).syncRuns.nodes[0]

/** Once something of this list is there. */
async function begun(prefix: string, over: () => boolean = () => false): Promise<void> {
  while (
    !over() &&
    (await query(`select 1 from crm.external_id where external_id like '${prefix}-%' limit 1`)).length === 0
  );
}

/** As Ctrl-C does, while the second batch is under way. */
async function cutShort(prefix: string, path: string) {
  const stop = new AbortController()
  const underWay = list.runWith({ signal: stop.signal }, path, ...into('customers'))
  await begun(prefix)
  stop.abort()
  return underWay
}

describe('B13: an import that is cut short', () => {
  it('stops after the batch under way, says so, and goes on from there to what one clean run makes', async () => {
    const path = await list.file('cut.csv', csv('a'))
    const first = await cutShort('a', path)
    expect(first.code).toBe(1)
    expect(first.said).toContain('Start it again with the same words')
    const { state, records, changed } = await latest()
    expect({ state, whole: records % 2000, left: records < ROWS }).toEqual({ state: 'CUT_SHORT', whole: 0, left: true })
    expect(changed).toBe((await namesOf('a')).length)
    const second = await list.run(path, ...into('customers'))
    expect(second.said).toMatch(
      new RegExp(
        `Went on after row ${records + 1}[\\s\\S]*${ROWS} rows read[\\s\\S]*6300 created[\\s\\S]*0 known[\\s\\S]*700 rejected`,
      ),
    )
    expect(await latest()).toEqual({
      name: 'import.customers',
      state: 'DONE',
      progress: 1,
      records: ROWS,
      changed: 6300,
      rejected: 700,
      error: null,
      system: { id: 'sandbox-crm' },
    })
    const clean = await list.file('clean.csv', csv('b'))
    await list.run(clean, ...into('customers'))
    expect((await namesOf('a')).map(one => one.split(' ')[0])).toEqual(
      (await namesOf('b')).map(one => one.split(' ')[0]),
    )
    const rejects = async (name: string) => (await readFile(`${list.folder}/${name}.rejects.csv`, 'utf8')).split('\r\n')
    expect(await rejects('cut')).toEqual(await rejects('clean'))
    expect(await rejects('cut')).toHaveLength(702)
  })

  it('by a kill at any moment loses no batch and doubles none', async () => {
    const path = await list.file('killed.csv', csv('c'))
    const args = [path, ...into('customers')]
    using built = buildHub()
    const { appUrl: DATABASE_URL, ownerUrl: DATABASE_OWNER_URL } = hub.databaseUrls
    const env = {
      PATH: process.env.PATH,
      HUB_LANG: 'en',
      HUB_SANDBOX: 'off',
      HUB_CONFIG: sandboxConfigPath,
      DATABASE_URL,
      DATABASE_OWNER_URL,
    }
    const child = spawn(process.execPath, [`${built.folder}/commands/import.js`, ...args], { env, stdio: 'inherit' })
    const exited = once(child, 'exit')
    // Within the batch behind the first.
    await begun('c', () => child.exitCode !== null)
    expect(child.exitCode).toBeNull()
    child.kill('SIGKILL')
    await exited
    const { state, records } = await latest()
    expect({ state, whole: records % 2000 }).toEqual({ state: 'RUNNING', whole: 0 })
    const last = await list.run(...args)
    expect(last.said).toMatch(new RegExp(`Went on after row ${records + 1}`))
    expect(await namesOf('c')).toHaveLength(6300)
    const rejects = await readFile(`${list.folder}/killed.rejects.csv`, 'utf8')
    expect(rejects.split('\r\n')).toHaveLength(702)
    expect(await query(`select state from sync.run where state = 'RUNNING'`)).toEqual([])
  })

  it('begins anew where the file or the file of rejects is another one; what was loaded is known', async () => {
    const text = csv('d', 4500)
    const path = await list.file('changed.csv', text)
    await cutShort('d', path)
    const loaded = (await namesOf('d')).length
    await rm(`${list.folder}/changed.rejects.csv`)
    const again = await list.run(path, ...into('customers'))
    expect(again.said).not.toContain('Went on')
    expect(again.said).toContain(`${4050 - loaded} created`)
    expect(again.said).toContain(`${loaded} known before`)
    await list.file('changed.csv', `${text}\nd-x,新客户,13770000001`)
    expect((await list.run(path, ...into('customers'))).said).toMatch(/1 created[\s\S]*4050 known before/)
  })

  it('is the only one into its system at a time', async () => {
    const path = await list.file('two.csv', 'id,name,phone\ne-1,甲,13770000002\n')
    const { appUrl } = hub.databaseUrls
    const said = await onlyOne(appUrl, 'import:sandbox-crm', new Error(), () => list.run(path, ...into('customers')))
    expect(said).toEqual({
      code: 1,
      said: 'Another import into "sandbox-crm" is under way: wait until it is over, or stop it.',
    })
    expect(await list.run(path, ...into('customers'))).toMatchObject({ code: 0 })
  })
})

describe('a dry run', () => {
  it('says the same as the import that follows, and writes nothing', async () => {
    const text = `${csv('f', 4500)}\nf-1,谁,13770000003\nf-2,谁,13770000004`
    const path = await list.file('dry.csv', text)
    const before = await query(
      'select (select count(*) from crm.customer) as c, (select count(*) from hub.data_key) as k, (select count(*) from sync.run) as r, (select count(*) from hub.audit_entry) as a',
    )
    const dry = await list.run(path, ...into('customers'), '--dry-run')
    expect(
      await query(
        'select (select count(*) from crm.customer) as c, (select count(*) from hub.data_key) as k, (select count(*) from sync.run) as r, (select count(*) from hub.audit_entry) as a',
      ),
    ).toEqual(before)
    await expect(readFile(`${list.folder}/dry.rejects.csv`)).rejects.toThrow()
    const real = await list.run(path, ...into('customers'))
    const numbers = (said: string) =>
      ['created', 'linked', 'known', 'rejected'].map(word => new RegExp(`(\\d+) (?:would be )?${word}`).exec(said)![1])
    expect(numbers(dry.said)).toEqual(['4050', '0', '2', '450'])
    expect(numbers(real.said)).toEqual(numbers(dry.said))
    expect(dry.code).toBe(2)
  })
})
