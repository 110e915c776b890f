import { remember } from '../../kernel/remember.js'
import type { TestClient } from '../kit/client.js'
import type { TestPerson } from '../kit/people.js'
import type { TestHub } from '../kit/startHub.js'
import type { Following } from './following.js'

const TOPICS = {
  callUpdated: { topic: 'call', idOf: 'callId' },
  alertRaised: { topic: 'alert', idOf: 'alertId' },
} as const

/**
 * Says of rows, which stay as they are, that something happened to them, until each stream that can has shown it. A stream shows events in
 * their order: of what happened before, nothing is still under way then. Returns the streams that have shown it; the others let no row
 * through now, by their filter or their person's rights.
 */
export async function catchUp(
  hub: TestHub,
  clientOf: (person: TestPerson) => TestClient,
  followings: readonly Following[],
): Promise<Following[]> {
  const lists = new Map<string, Promise<string[]>>()
  const listFor = ({ person, list }: Following) =>
    remember(lists, `${person} ${list}`, async () => {
      const { rows } = await clientOf(person).query(list)
      return (rows?.nodes ?? []).map(({ id }: { id: string }) => id)
    })
  const shows = await Promise.all(
    followings.map(async following => ({ following, ids: following.over ? [] : await listFor(following) })),
  )
  const hearing = shows.filter(({ ids }) => ids.length > 0)
  for (const root of ['callUpdated', 'alertRaised'] as const) {
    const here = hearing.filter(({ following }) => following.root === root)
    const seqs = await mark(hub, root, fewFor(here.map(({ ids }) => ids)))
    const last = (ids: string[]) => Math.max(...ids.flatMap(id => seqs.get(id) ?? []))
    await Promise.all(here.map(({ following, ids }) => following.reaches(last(ids), hub)))
  }
  return hearing.map(({ following }) => following)
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
