import { type FieldNode, type OperationDefinitionNode, parse, print } from 'graphql'
import { createClient as createSseClient } from 'graphql-sse'
import type { Client } from 'graphql-ws'
import { openCursor } from '../../kernel/encryption/index.js'
import { type Answer, Live, type TestClient } from '../kit/client.js'
import type { TestPerson } from '../kit/people.js'
import type { TestHub } from '../kit/startHub.js'

type Root = 'callUpdated' | 'alertRaised'

/** Asks for the newest rows that a subscription with this argument tells of. */
export const listOf = (root: Root, filter = ''): string =>
  `{ rows: ${root === 'alertRaised' ? 'alerts(open: false, first: 100)' : `calls(first: 100 ${filter})`} { nodes { id } } }`

type Event = { r0: { cursor: string } | null }

/** A running subscription of somebody; its root field is `r0` and shows its `cursor`. */
export class Following {
  readonly root: Root
  /** Lists, to the same person and with the same filter, the rows that the stream tells of. */
  readonly list: string
  /** Numbers of events it must show, and of others it must not. */
  readonly owed = new Set<number>()
  readonly denied = new Set<number>()
  #said: Answer<Event>[] = []
  #over = false

  private constructor(
    private readonly hub: TestHub,
    readonly person: TestPerson,
    readonly question: string,
    private readonly live: Live<Event>,
  ) {
    const field = (parse(question).definitions[0] as OperationDefinitionNode).selectionSet.selections[0] as FieldNode
    this.root = field.name.value as Root
    const filter = field.arguments?.find(({ name }) => name.value === 'filter')
    this.list = listOf(this.root, filter && print(filter))
  }

  /** Over a WebSocket. */
  static async byWs(hub: TestHub, client: TestClient, person: TestPerson, question: string): Promise<Following> {
    return new Following(hub, person, question, await client.subscribe<Event>(question))
  }

  /** Over server-sent events. */
  static async bySse(hub: TestHub, person: TestPerson, question: string): Promise<Following> {
    const client = createSseClient({
      url: `${hub.url}/graphql`,
      headers: { authorization: `Bearer ${await hub.tokenOf(person)}` },
      retryAttempts: 0,
    })
    // The clients of both protocols subscribe alike.
    return new Following(hub, person, question, new Live<Event>(client as unknown as Client, question, {}))
  }

  /** The server ended or refused it. */
  get over(): boolean {
    return this.#over
  }

  /** Waits for an event of this number or a later one, or for the end of the stream. */
  async reaches(seq: number): Promise<void> {
    while (!this.#over) {
      const answer = await this.live.next().catch((error: Error): Answer<Event> => {
        this.#over = true
        return { data: null, errors: [{ message: error.message }] }
      })
      this.#said.push(answer)
      if (this.#numberOf(answer) >= seq) return
    }
  }

  /** What it has given since this was last asked, each result as text, and the numbers of the events among them. */
  async take(): Promise<{ texts: string[]; numbers: number[] }> {
    const answers = [...this.#said.splice(0), ...(await this.live.take(this.live.pending.length))]
    return {
      texts: answers.map(answer => JSON.stringify(answer)),
      numbers: answers.map(answer => this.#numberOf(answer)).filter(number => number >= 0),
    }
  }

  #numberOf({ data }: Answer<Event>): number {
    return data?.r0 ? openCursor<{ seq: number }>(this.hub.kernel.keys, data.r0.cursor).seq : -1
  }

  /** Leaves, and waits until nothing more can come. */
  async stop(): Promise<void> {
    this.live.stop()
    await this.reaches(Number.POSITIVE_INFINITY)
  }
}
