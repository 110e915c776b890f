import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import { WebSocket } from 'ws'

const subscription = (fields: string) => `subscription { callUpdated { kind lagged call { externalId ${fields} } } }`

/** What somebody was told of live calls. It keeps counts and kinds, and no events. */
class Follower {
  /** Kinds in the order in which they were told, by the phone system's id of the call. */
  readonly calls = new Map<string, string[]>()
  readonly #counts = new Map<string, number>()
  /** Events that were told, and those that were said to have been missed. */
  told = 0
  missed = 0
  #heard = () => {}

  async until(enough: () => boolean): Promise<void> {
    while (!enough()) {
      await new Promise<void>(resolve => {
        this.#heard = resolve
      })
    }
  }

  count = (kind: string): number => this.#counts.get(kind) ?? 0

  protected heard(): void {
    this.#heard()
  }

  protected take({ data, errors }: { data: { callUpdated: any } | null; errors?: unknown[] }): void {
    if (errors || !data) throw new Error(`An event failed: ${JSON.stringify(errors)}`)
    const { kind, lagged, call } = data.callUpdated
    this.#counts.set(kind, this.count(kind) + 1)
    if (kind === 'LAGGED') this.missed += lagged
    else {
      this.told++
      const kinds = this.calls.get(call.externalId)
      if (kinds) kinds.push(kind)
      else this.calls.set(call.externalId, [kind])
    }
    this.heard()
  }
}

/** One who reads as fast as it comes, over a WebSocket. */
export class Reader extends Follower {
  private constructor(readonly socket: WebSocket) {
    super()
  }

  static async open(url: string, token: string): Promise<Reader> {
    const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws')
    const reader = new Reader(socket)
    let acknowledged = false
    socket.on('message', data => {
      const { type, payload } = JSON.parse(data.toString())
      if (type === 'ping') socket.send('{"type":"pong"}')
      if (type === 'connection_ack') acknowledged = true
      if (type === 'next') reader.take(payload)
      else reader.heard()
    })
    await once(socket, 'open')
    socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization: `Bearer ${token}` } }))
    await reader.until(() => acknowledged)
    socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query: subscription('') } }))
    return reader
  }

  close(): void {
    this.socket.terminate()
  }
}

/** One who asks for much and reads nothing until `read`, over server-sent events: a WebSocket that answers no ping would be ended. */
export class Sleeper extends Follower {
  private constructor(private readonly response: IncomingMessage) {
    super()
  }

  static async open(url: string, token: string, fields: string): Promise<Sleeper> {
    const asked = request(`${url}/graphql`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', accept: 'text/event-stream' },
    })
    asked.end(JSON.stringify({ query: subscription(fields) }))
    const [response] = (await once(asked, 'response')) as [IncomingMessage]
    return new Sleeper(response)
  }

  read(): void {
    let rest = ''
    this.response.setEncoding('utf8').on('data', text => {
      const messages = (rest + text).split('\n\n')
      rest = messages.pop()!
      for (const message of messages) {
        const data = /^event: next\ndata: (.*)$/.exec(message)?.[1]
        if (data) this.take(JSON.parse(data))
      }
    })
  }

  close(): void {
    this.response.destroy()
  }
}
