import { remember } from '../../kernel/remember.js'
import type { TestClient } from '../kit/client.js'
import type { TestPerson } from '../kit/people.js'
import type { TestHub } from '../kit/startHub.js'
import { type Following, listOf } from './following.js'

const TOPICS = {
  callUpdated: { topic: 'call', idOf: 'callId' },
  alertRaised: { topic: 'alert', idOf: 'alertId' },
} as const

/**
 * Says of rows, which stay as they are, that something happened to them, until each stream that can has shown it. A stream shows events in
 * their order: of what happened before, nothing is still under way then. Returns the streams that have shown it; the others let no row
 * through now, by their filter or their person's rights. What a stream lets through is what the list with its filter holds.
 */
export async function catchUp(
  hub: TestHub,
  clientOf: (person: TestPerson) => TestClient,
  followings: readonly Following[],
): Promise<Following[]> {
  const lists = new Map<string, Promise<string[]>>()
  const listed = (person: TestPerson, list: string): Promise<string[]> =>
    remember(lists, `${person} ${list}`, async () => {
      const { rows } = await clientOf(person).query(list)
      return (rows?.nodes ?? []).map(({ id }: { id: string }) => id)
    })
  const through: Following[] = []
  for (const root of ['callUpdated', 'alertRaised'] as const) {
    // Of a long list only the newest rows are on the page.
    const newest = new Set(await listed('admin', listOf(root)))
    const here = await Promise.all(
      followings
        .filter(following => following.root === root && !following.over)
        .map(async following => ({
          following,
          ids: (await listed(following.person, following.list)).filter(id => newest.has(id)),
        })),
    )
    const hearing = here.filter(({ ids }) => ids.length > 0)
    const marked = await mark(hub, root, fewFor(hearing.map(({ ids }) => ids)))
    for (const { following, ids } of here) {
      for (const [id, seq] of marked) (ids.includes(id) ? following.owed : following.denied).add(seq)
    }
    await Promise.all(hearing.map(({ following }) => following.reaches(Math.max(...following.owed))))
    through.push(...hearing.map(({ following }) => following))
  }
  return through
}

/** A few ids such that each of the lists has at least one of them. */
function fewFor(lists: string[][]): string[] {
  const chosen: string[] = []
  for (let left = lists; left.length > 0; left = left.filter(list => !list.includes(chosen.at(-1)!))) {
    const counts = new Map<string, number>()
    for (const id of left.flat()) counts.set(id, (counts.get(id) ?? 0) + 1)
    chosen.push([...counts].reduce((best, one) => (one[1] > best[1] ? one : best))[0])
  }
  return chosen
}

let marks = 0

/** Appends an event about each of these rows; returns the events' numbers by row. */
async function mark({ kernel }: TestHub, root: Following['root'], ids: string[]): Promise<Map<string, number>> {
  const { topic, idOf } = TOPICS[root]
  const mark = String(++marks)
  await kernel.transact(kernel.systemEm(), async change => {
    for (const id of ids) change.emit(topic, { [idOf]: id, kind: 'HELD', mark })
  })
  const rows = await kernel
    .systemEm()
    .getConnection()
    .execute<{ seq: string; id: string }[]>(
      `select seq, data->>'${idOf}' as id from hub.feed_event where topic = '${topic}' and data->>'mark' = '${mark}'`,
    )
  return new Map(rows.map(({ seq, id }) => [id, Number(seq)]))
}
