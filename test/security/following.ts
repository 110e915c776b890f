import { type FieldNode, type OperationDefinitionNode, parse, print } from 'graphql'
import { createClient as createSseClient } from 'graphql-sse'
import type { Client } from 'graphql-ws'
import { openCursor } from '../../kernel/encryption/index.js'
import { Live, type TestClient } from '../kit/client.js'
import type { TestPerson } from '../kit/people.js'
import type { TestHub } from '../kit/startHub.js'

type Event = { r0: { cursor: string } | null }

/** A running subscription of somebody; its root field is `r0` and shows its `cursor`. */
export class Following {
  readonly root: 'callUpdated' | 'alertRaised'
  /** Lists, to the same person and with the same filter, the rows that the stream tells of. */
  readonly list: string
  #said: string[] = []
  #over = false

  private constructor(
    readonly person: TestPerson,
    readonly question: string,
    private readonly live: Live<Event>,
  ) {
    const field = (parse(question).definitions[0] as OperationDefinitionNode).selectionSet.selections[0] as FieldNode
    this.root = field.name.value as Following['root']
    const filter = field.arguments?.find(({ name }) => name.value === 'filter')
    const rows =
      this.root === 'alertRaised'
        ? 'alerts(open: false, first: 100)'
        : `calls(first: 100 ${filter ? print(filter) : ''})`
    this.list = `{ rows: ${rows} { nodes { id } } }`
  }

  /** Over a WebSocket. */
  static async byWs(client: TestClient, person: TestPerson, question: string): Promise<Following> {
    return new Following(person, question, await client.subscribe<Event>(question))
  }

  /** Over server-sent events. */
  static async bySse(hub: TestHub, person: TestPerson, question: string): Promise<Following> {
    const client = createSseClient({
      url: `${hub.url}/graphql`,
      headers: { authorization: `Bearer ${await hub.tokenOf(person)}` },
      retryAttempts: 0,
    })
    // The clients of both protocols subscribe alike.
    return new Following(person, question, new Live<Event>(client as unknown as Client, question, {}))
  }

  /** The server ended or refused it. */
  get over(): boolean {
    return this.#over
  }

  /** Waits for an event of this number or a later one, or for the end of the stream. */
  async reaches(seq: number, hub: TestHub): Promise<void> {
    while (!this.#over) {
      const answer = await this.live.next().catch((error: Error) => {
        this.#over = true
        this.#said.push(error.message)
      })
      if (!answer) return
      this.#said.push(JSON.stringify(answer))
      const cursor = answer.data?.r0?.cursor
      if (cursor && openCursor<{ seq: number }>(hub.kernel.keys, cursor).seq >= seq) return
    }
  }

  /** What it has given since this was last asked, each result as text. */
  async take(): Promise<string[]> {
    const waiting = await this.live.take(this.live.pending.length)
    return [...this.#said.splice(0), ...waiting.map(answer => JSON.stringify(answer))]
  }

  /** Leaves, and waits until nothing more can come. */
  async stop(hub: TestHub): Promise<void> {
    this.live.stop()
    await this.reaches(Number.POSITIVE_INFINITY, hub)
  }
}
