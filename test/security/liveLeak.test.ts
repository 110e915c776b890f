import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { buildSchema } from 'graphql'
import { beforeAll, describe, expect, it } from 'vitest'
import { TestClock } from '../../kernel/clock.js'
import { sealCursor } from '../../kernel/encryption/index.js'
import { createLog } from '../../kernel/log/index.js'
import { projectRoot } from '../../kernel/projectRoot.js'
import { remember } from '../../kernel/remember.js'
import type { TestClient } from '../kit/client.js'
import { people, type TestPerson } from '../kit/people.js'
import { startHub, type TestHub } from '../kit/startHub.js'
import { catchUp } from './catchUp.js'
import { shownIn } from './encodings.js'
import { Following } from './following.js'
import { CAN_HAPPEN, Happenings } from './happenings.js'
import { accessNow, forbiddenTo, type Plantation, plant, planted } from './planted.js'
import { randomFrom } from './randomFrom.js'
import { randomOperation } from './randomOperation.js'

const RUNS = Number(process.env.LIVE_LEAK_RUNS ?? 6)
const STREAMS = 3
const STEPS = 12

const schema = buildSchema(readFileSync(join(projectRoot, 'schema', 'api.graphql'), 'utf8'))
const words = ['赵', 'VIP', '周一再谈', '13900000000']
const logged: string[] = []
const clients = new Map<TestPerson, TestClient>()
const clientOf = (person: TestPerson): TestClient => remember(clients, person, () => hub.as(person))
let hub: TestHub
let plantation: Plantation
/** Events that came, by person. */
const told = new Map<TestPerson, number>()
const known = { values: 0, names: 0 }

beforeAll(async () => {
  const log = createLog({ level: 'debug', clock: new TestClock(), write: line => void logged.push(line) })
  hub = await startHub({ log, limits: { cost: 1e9, requests: { burst: 1e9, perSecond: 1e9 } } })
  plantation = await plant(hub)
})

/** Fails where the text holds what the person may not see. */
function check(person: TestPerson, question: string, text: string, forbidden: readonly string[]): void {
  const hidden = text.includes('"INTERNAL"') ? logged.filter(line => line.includes('hidden from')).at(-1) : undefined
  expect(hidden, question).toBeUndefined()
  const shown = shownIn(text, forbidden)
  expect(shown, `${person} was shown ${shown} by ${question}\n${text.slice(0, 3000)}`).toBeUndefined()
}

/** Subscriptions of one person with what each may not show; see `Shift`. */
interface Watched {
  following: Following
  forbidden: readonly string[]
}

/** Everybody follows what happens by a few random subscriptions, for as long as the grants of its calls last. */
class Shift {
  readonly #watched: Watched[] = []

  async open(random: () => number, ids: readonly string[]): Promise<void> {
    const access = await accessNow(hub, plantation)
    for (const person of people) {
      for (let n = 0; n < STREAMS; n++) {
        const question = randomOperation(
          { schema, random, ids, texts: words, cursors: await this.#cursors(), always: /^(after|cursor|call|alert)$/ },
          'subscription',
        )
        const following =
          n % 3 === 2
            ? await Following.bySse(hub, person, question)
            : await Following.byWs(hub, clientOf(person), person, question)
        this.#watched.push({ following, forbidden: forbiddenTo(person, access) })
      }
    }
    await this.look()
  }

  /** Lets all streams catch up, and looks at what they have shown since. What somebody could see until now may still have been under way. */
  async look(): Promise<void> {
    const access = await accessNow(hub, plantation)
    const through = new Set(
      await catchUp(
        hub,
        clientOf,
        this.#watched.map(({ following }) => following),
      ),
    )
    for (const watched of this.#watched) {
      const { following, forbidden } = watched
      const now = forbiddenTo(following.person, access)
      // A stream that cannot show where it stands is held to what was forbidden all the time.
      watched.forbidden = through.has(following) ? now : now.filter(value => forbidden.includes(value))
      await this.#check(watched)
    }
  }

  async close(): Promise<void> {
    for (const watched of this.#watched) {
      await watched.following.stop()
      await this.#check(watched)
    }
    await Promise.all([...clients.values()].map(client => client.close()))
  }

  async #check({ following, forbidden }: Watched): Promise<void> {
    const { person, question } = following
    const { texts, numbers } = await following.take()
    const missing = [...following.owed].filter(number => !numbers.includes(number))
    expect(following.over ? [] : missing, `${person} was not told of rows that lists show them by ${question}`).toEqual(
      [],
    )
    following.owed.clear()
    expect(
      numbers.filter(number => following.denied.has(number)),
      `${person} was told of rows that no list shows them by ${question}`,
    ).toEqual([])
    for (const text of texts) {
      check(person, question, text, forbidden)
      if (!/"__typename":"(Call|Alert)"/.test(text)) continue
      told.set(person, (told.get(person) ?? 0) + 1)
      if (planted.some(({ values }) => values.some(value => text.includes(value)))) known.values++
      if (person.startsWith('agent') && planted.some(({ name }) => text.includes(name))) known.names++
    }
  }

  /** Of a little while ago, so that there is something to repeat; of the wrong sort at times. */
  async #cursors(): Promise<string[]> {
    const rows = await hub.kernel
      .systemEm()
      .getConnection()
      .execute<{ seq: string }[]>('select coalesce(max(seq), 0) as seq from hub.feed_event')
    const seq = Math.max(0, Number(rows[0]!.seq) - 12)
    return ['call', 'call', 'call', 'alert'].map(topic => sealCursor(hub.kernel.keys, { topic, seq }))
  }
}

describe('C4: no subscription shows what its reader may not see', () => {
  const limits = { timeout: RUNS * 30_000 }
  it(
    'whatever it selects, while calls ring and end, customers change hands, and others ask and change things',
    limits,
    async () => {
      const happened = new Set<string>()
      let runs = 0
      const shift = async (seed: number) => {
        const random = randomFrom(seed)
        const { calls } = await clientOf('admin').query('{ calls(first: 20) { nodes { id } } }')
        const ids = [
          ...plantation.customers,
          ...calls.nodes.map(({ id }: { id: string }) => id),
          'agent-north-1',
          'agent-south-2',
          'north',
        ]
        const happenings = new Happenings(hub, clientOf('admin'), plantation, random, ++runs, happened)
        const streams = new Shift()
        await streams.open(random, ids)
        const asks = async () => {
          const person = people[Math.floor(random() * people.length)]!
          const kind = random() < 0.3 ? 'mutation' : 'query'
          const without = /suspendPerson|savePerson|saveTeam/
          const question = randomOperation({ schema, random, ids, texts: words, cursors: [], without }, kind)
          const answer = JSON.stringify(await clientOf(person).ask(question))
          check(person, question, answer, forbiddenTo(person, await accessNow(hub, plantation)))
          if (kind === 'mutation') await streams.look()
        }
        for (let step = 0; step < STEPS; step++) {
          await happenings.next()
          await streams.look()
          await asks()
        }
        await happenings.endAll()
        await streams.look()
        happenings.grantsEnd()
        await streams.look()
        await streams.close()
      }
      await fc.assert(fc.asyncProperty(fc.integer(), shift), { numRuns: RUNS, endOnFailure: true })
      // Else nothing was tried.
      expect(happened).toEqual(CAN_HAPPEN)
      for (const person of people) expect(told.get(person), person).toBeGreaterThan(RUNS * 5)
      expect(known.values).toBeGreaterThan(RUNS)
      expect(known.names).toBeGreaterThan(RUNS)
    },
  )
})
