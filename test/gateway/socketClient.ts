import { WebSocket } from 'ws'

/** One message of the graphql-transport-ws protocol. */
export interface Message {
  type: string
  id?: string
  payload?: any
}

/** A WebSocket as tests need it: says anything, also what a client should not, and waits for what comes. */
export class SocketClient {
  readonly #messages: Message[] = []
  #waiting: ((message: Message) => void)[] = []
  /** Code and reason the server closed it with. */
  readonly closed: Promise<{ code: number; reason: string }>

  private constructor(readonly socket: WebSocket) {
    socket.on('message', data => {
      const message = JSON.parse(String(data)) as Message
      const waiting = this.#waiting.shift()
      if (waiting) waiting(message)
      else this.#messages.push(message)
    })
    this.closed = new Promise(resolve => {
      socket.on('close', (code, reason) => resolve({ code, reason: String(reason) }))
    })
    socket.on('error', () => {})
  }

  static async open(
    url: string,
    protocol: string | null = 'graphql-transport-ws',
    headers = {},
  ): Promise<SocketClient> {
    const address = `${url.replace('http', 'ws')}/graphql`
    const socket = protocol ? new WebSocket(address, protocol, { headers }) : new WebSocket(address, { headers })
    const client = new SocketClient(socket)
    await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject))
    return client
  }

  /** Opened and acknowledged. */
  static async as(url: string, token: string): Promise<SocketClient> {
    const client = await SocketClient.open(url)
    client.say({ type: 'connection_init', payload: { authorization: `Bearer ${token}` } })
    const { type } = await client.next()
    if (type !== 'connection_ack') throw new Error(`Not acknowledged but ${type}.`)
    return client
  }

  say(message: Message): void {
    this.socket.send(JSON.stringify(message))
  }

  subscribe(id: string, query: string, variables?: Record<string, unknown>): void {
    this.say({ type: 'subscribe', id, payload: { query, variables } })
  }

  next(): Promise<Message> {
    const message = this.#messages.shift()
    return message ? Promise.resolve(message) : new Promise(resolve => this.#waiting.push(resolve))
  }

  close(): Promise<unknown> {
    this.socket.close()
    return this.closed
  }
}
