import { beforeAll, describe, expect, it } from 'vitest'
import { TestClock } from '../../kernel/clock.js'
import { createLog } from '../../kernel/log/index.js'
import { withClient } from '../../kernel/postgres/withClient.js'
import { type HookEvent, startHub, type TestHub } from '../kit/startHub.js'

const logged: string[] = []
let hub: TestHub

beforeAll(async () => {
  const log = createLog({ level: 'debug', clock: new TestClock(), write: line => void logged.push(line) })
  hub = await startHub({ log })
  // A call that the database will not take, as a bug or a full disk would have it. The message quotes the row, as the database's own do.
  await withClient(hub.databaseUrls.ownerUrl, client =>
    client.query(`
      create function call.refuse() returns trigger language plpgsql as $$
      begin raise exception using errcode = '22000', message = 'refused: 隐秘姓名 ' || new.external_id; end $$;
      create trigger refuse before insert or update on call.call for each row
      when (new.external_id like 'poison%') execute function call.refuse()`),
  )
})

let made = 0
const event = (callId: string): HookEvent => ({ callId, type: 'call.ringing', extension: '1001', id: `p-${++made}` })

const sql = (query: string, values: unknown[] = []) =>
  withClient(hub.databaseUrls.ownerUrl, async client => (await client.query(query, values)).rows)

const stateOf = async (ids: string[]) => {
  const rows = await sql('select key, state, tries, error from sync.inbox where key = any($1) order by id', [ids])
  return rows.map(({ state, tries }) => `${state} ${tries}`)
}

const known = async (prefix: string) => {
  const rows = await sql(`select external_id from call.call where external_id like $1 order by 1`, [`${prefix}%`])
  return rows.map(row => row.external_id)
}

describe('a message that cannot be applied', () => {
  it('stops no other: those before and behind it are applied in the same round, wherever in the batch it stands', async () => {
    const good = Array.from({ length: 40 }, (_, i) => event(`good-${String(i).padStart(2, '0')}`))
    const bad = [event('poison-1'), event('poison-2')]
    await hub.hook('sandbox-pbx', bad[0]!, ...good.slice(0, 23), bad[1]!, ...good.slice(23))
    await hub.settle()
    expect(await known('good-')).toEqual(good.map(({ callId }) => callId))
    expect(await known('poison')).toEqual([])
  })

  it('is set aside after five tries, and asks no more', async () => {
    const bad = event('poison-3')
    await hub.hook('sandbox-pbx', bad)
    for (let i = 1; i <= 4; i++) {
      await hub.settle()
      expect(await stateOf([String(bad.id)])).toEqual([`NEW ${i}`])
    }
    await hub.settle()
    await hub.settle()
    expect(await stateOf([String(bad.id)])).toEqual(['FAILED 5'])
  })

  it('that fails for a while only is applied once the cause is gone', async () => {
    const late = event('poison-4')
    await hub.hook('sandbox-pbx', late)
    await hub.settle()
    await sql('alter table call.call disable trigger refuse')
    await hub.settle()
    expect(await known('poison-4')).toEqual(['poison-4'])
    await sql('alter table call.call enable trigger refuse')
  })

  it('because nobody understands it or can open it is set aside, and the others go on', async () => {
    const odd = [event('odd-1'), event('odd-2'), event('odd-3')]
    await hub.hook('sandbox-pbx', ...odd)
    const { dataKeys } = hub.kernel
    const nonsense = await dataKeys.encryptFor('inbox:2026-11', '{"name": "隐秘姓名"')
    await sql('update sync.inbox set payload = $1 where key = $2', [nonsense, odd[0]!.id])
    await sql('update sync.inbox set payload = $1 where key = $2', [Buffer.from('no ciphertext at all'), odd[2]!.id])
    for (let i = 0; i < 6; i++) await hub.settle()
    expect(await known('odd-')).toEqual(['odd-2'])
    expect(await stateOf(odd.map(({ id }) => String(id)))).toEqual(['FAILED 1', 'APPLIED 0', 'FAILED 5'])
  })

  it('is named in the log by its number; what is in it is not', () => {
    const text = logged.join('\n')
    expect(text).toContain('a message could not be applied')
    expect(text).not.toContain('隐秘姓名')
  })

  it('says in its row that it failed, and nothing of what is in it', async () => {
    const rows = await sql(`select distinct error from sync.inbox where state = 'FAILED' order by 1`)
    expect(rows.map(({ error }) => error)).toEqual([
      'It could not be applied; see the log.',
      'It could not be understood.',
    ])
  })
})
