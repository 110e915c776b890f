import { once } from 'node:events'
import { createServer, type Server, type Socket } from 'node:net'

/** A message as captures keep it: headers as written, a list where one repeats. `rx`, when it was received, is no part of the wire. */
export type AmiMessage = Record<string, string | string[]>

/** How the server treats those who connect. */
export interface Manners {
  /** The first line; null: none is ever sent. */
  banner: string | null
  /** Whether logins are answered, and how. */
  login: 'check' | 'refuse' | 'ignore'
  pings: 'answer' | 'ignore'
}

export interface AmiAction {
  Action: string
  ActionID: string
  [header: string]: string
}

/** An Asterisk manager interface on a free port of this machine: real sockets, the real wire, what it says is up to the test. */
export class AmiServer {
  readonly username = 'hub'
  readonly secret = 'a secret of the manager account'
  readonly manners: Manners = { banner: 'Asterisk Call Manager/11.0.0', login: 'check', pings: 'answer' }
  /** What it was asked, in order. */
  readonly actions: AmiAction[] = []
  /** Answers to `CoreShowChannels` and `QueueStatus`, as events without their ActionID. */
  channels: AmiMessage[] = []
  queueEntries: AmiMessage[] = []
  /** How many more entries lists are said to have than they have. */
  lies = 0
  readonly #server: Server
  readonly #sockets = new Set<Socket>()
  readonly #members = new Set<Socket>()
  #changed: (() => void)[] = []

  private constructor() {
    this.#server = createServer(socket => this.#serve(socket))
  }

  static async start(): Promise<AmiServer> {
    const ami = new AmiServer()
    ami.#server.listen(0, '127.0.0.1')
    await once(ami.#server, 'listening')
    return ami
  }

  get port(): number {
    return (this.#server.address() as { port: number }).port
  }

  get address(): string {
    return `tcp://127.0.0.1:${this.port}`
  }

  /** Sends these events to everybody who is logged in. */
  play(...events: AmiMessage[]): void {
    this.send(events.map(frameOf).join(''))
  }

  /** Sends bytes as they are, in pieces of this size. */
  send(bytes: string | Buffer, pieceSize = Number.POSITIVE_INFINITY): void {
    const all = Buffer.from(bytes as string)
    for (const socket of this.#members)
      for (let at = 0; at < all.length; at += pieceSize) socket.write(all.subarray(at, at + pieceSize))
  }

  /** Breaks every connection. */
  drop(): void {
    for (const socket of this.#sockets) socket.destroy()
  }

  /** Resolves once so many actions of this name have been asked, in all. */
  async asked(action: string, times = 1): Promise<AmiAction> {
    for (;;) {
      const found = this.actions.filter(({ Action }) => Action === action)
      if (found.length >= times) return found[times - 1]!
      await this.#change()
    }
  }

  /** Resolves once this many are connected. */
  async connected(count: number): Promise<void> {
    while (this.#sockets.size !== count) await this.#change()
  }

  async stop(): Promise<void> {
    this.drop()
    this.#server.close()
    await once(this.#server, 'close')
  }

  #serve(socket: Socket): void {
    this.#sockets.add(socket)
    this.#tell()
    socket.on('error', () => undefined)
    socket.on('close', () => {
      this.#sockets.delete(socket)
      this.#members.delete(socket)
      this.#tell()
    })
    if (this.manners.banner !== null) socket.write(`${this.manners.banner}\r\n`)
    let rest = ''
    socket.setEncoding('utf8').on('data', text => {
      const parts = (rest + text).split('\r\n\r\n')
      rest = parts.pop()!
      for (const part of parts) this.#act(socket, actionOf(part))
    })
  }

  #act(socket: Socket, action: AmiAction): void {
    this.actions.push(action)
    this.#answer(socket, action)
    this.#tell()
  }

  #answer(socket: Socket, { Action, ActionID, Username, Secret }: AmiAction): void {
    const write = (...messages: AmiMessage[]) => socket.write(messages.map(frameOf).join(''))
    switch (Action) {
      case 'Login': {
        if (this.manners.login === 'ignore') return
        const good = this.manners.login === 'check' && Username === this.username && Secret === this.secret
        if (!good) return void write({ Response: 'Error', ActionID, Message: 'Authentication failed' })
        this.#members.add(socket)
        return void write(
          { Response: 'Success', ActionID, Message: 'Authentication accepted' },
          { Event: 'FullyBooted', Privilege: 'system,all', Status: 'Fully Booted' },
        )
      }
      case 'Ping':
        if (this.manners.pings === 'answer') write({ Response: 'Success', ActionID, Ping: 'Pong' })
        return
      case 'CoreShowChannels':
        return void write(...this.#list(ActionID, this.channels, 'CoreShowChannelsComplete'))
      case 'QueueStatus':
        return void write(...this.#list(ActionID, this.queueEntries, 'QueueStatusComplete'))
      default:
        write({ Response: 'Error', ActionID, Message: 'Invalid/unknown command' })
    }
  }

  #list(ActionID: string, entries: AmiMessage[], complete: string): AmiMessage[] {
    return [
      { Response: 'Success', ActionID, EventList: 'start', Message: 'The list follows' },
      ...entries.map(entry => ({ ...entry, ActionID })),
      { Event: complete, ActionID, EventList: 'Complete', ListItems: String(entries.length + this.lies) },
    ]
  }

  #change(): Promise<void> {
    return new Promise(resolve => this.#changed.push(resolve))
  }

  #tell(): void {
    for (const resolve of this.#changed.splice(0)) resolve()
  }
}

/** The message as it stands on the wire. */
export function frameOf(message: AmiMessage): string {
  const lines = Object.entries(message)
    .filter(([name]) => name !== 'rx')
    .flatMap(([name, value]) => [value].flat().map(one => `${name}: ${one}\r\n`))
  return `${lines.join('')}\r\n`
}

function actionOf(text: string): AmiAction {
  const headers = text.split('\r\n').map(line => {
    const colon = line.indexOf(': ')
    return [line.slice(0, colon), line.slice(colon + 2)]
  })
  return Object.fromEntries(headers) as AmiAction
}
