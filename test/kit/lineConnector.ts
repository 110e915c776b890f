import { once } from 'node:events'
import { open } from 'node:fs/promises'
import { connect } from 'node:net'
import { createInterface } from 'node:readline'
import { SocketConnection } from '../../connectors/common/socketConnection.js'
import { Stream, type StreamHandlers } from '../../connectors/common/stream.js'
import { realSurroundings, type Surroundings } from '../../connectors/common/surroundings.js'
import type { Clock } from '../../kernel/clock.js'
import type { BackfillSource, CallFact, Connector, HookDelivery, SystemSettings } from '../../kernel/ports/index.js'

interface LineSettings {
  port: number
  /** Whether it may be asked which calls go on. */
  asks?: boolean
  /** A file with a fact in each line, as the system keeps them. */
  backfill?: { file: string }
}

/** Waits are so many times shorter than in earnest, but for an answer: a machine may be busy. */
const FASTER = 100
const ANSWER_MS = 10_000

/** Speaks with a LineServer over real sockets, and reads its records from a real file. Time is the hub's. */
export function lineConnector(clock: Clock): Connector {
  const surroundings: Surroundings = {
    ...realSurroundings,
    clock,
    after: (ms, run) => realSurroundings.after(ms === ANSWER_MS ? ms : ms / FASTER, run),
  }
  const of = ({ settings }: SystemSettings) => settings as unknown as LineSettings
  return {
    name: 'lines',
    capabilities: { events: true, hooks: false, backfill: true, dial: false, recordings: false },
    check: () => undefined,
    listen: (system, sink) => {
      const stream: Stream<LineConnection> = new Stream<LineConnection>(
        {
          connect: (around, handlers) =>
            new LineConnection(of(system).port, around, handlers, fact => stream.keep(deliveryOf(fact))),
          begin: () => undefined,
          takeStock: () => undefined,
        },
        sink,
        surroundings,
      )
      stream.start()
      return stream
    },
    normalise: (_system, payload) => [JSON.parse(payload.toString()) as CallFact],
    backfill: system => {
      const file = of(system).backfill?.file
      return file === undefined ? null : recordsIn(file)
    },
    sourceAt: path => ({ file: path }),
    callsNow: system => (of(system).asks ? callsOf(of(system).port) : null),
  }
}

const deliveryOf = (fact: CallFact): HookDelivery => ({ key: fact.key, payload: Buffer.from(JSON.stringify(fact)) })

class LineConnection extends SocketConnection {
  #rest = ''

  constructor(
    port: number,
    surroundings: Surroundings,
    handlers: StreamHandlers,
    private readonly fact: (fact: CallFact) => void,
  ) {
    super({ host: '127.0.0.1', port, tls: false }, surroundings, handlers)
    this.write('login\n')
  }

  protected override ping(): void {
    this.write('ping\n')
  }

  protected override read(piece: Buffer): void {
    const lines = (this.#rest + piece.toString()).split('\n')
    this.#rest = lines.pop()!
    for (const line of lines) {
      const said = JSON.parse(line) as { welcome?: true; pong?: true; fact?: CallFact }
      if (said.welcome) this.welcome()
      if (said.pong) this.pinged()
      if (said.fact) this.fact(said.fact)
    }
  }
}

const recordsIn = (file: string): BackfillSource => ({
  about: `the file ${file}`,
  read: async ({ from, to }, sink, signal) => {
    const counted = { records: 0, unreadable: 0 }
    await using handle = await open(file)
    for await (const line of handle.readLines()) {
      signal.throwIfAborted()
      const fact = factOf(line)
      if (!fact) counted.unreadable++
      else if (Date.parse(fact.at) >= from.getTime() && Date.parse(fact.at) < to.getTime()) {
        counted.records++
        await sink.store([deliveryOf(fact)])
      }
    }
    return counted
  },
})

function factOf(line: string): CallFact | null {
  try {
    return JSON.parse(line) as CallFact
  } catch {
    return null
  }
}

async function callsOf(port: number): Promise<ReadonlySet<string>> {
  const socket = connect(port, '127.0.0.1')
  try {
    socket.write('calls\n')
    for await (const line of createInterface({ input: socket }))
      return new Set((JSON.parse(line) as { calls: string[] }).calls)
    throw new Error('It did not say which calls go on.')
  } finally {
    socket.destroy()
    if (!socket.closed) await once(socket, 'close')
  }
}
