import { once } from 'node:events'
import { createServer, type Server, type Socket } from 'node:net'

export type FsMessage = Record<string, string>

/** How the server treats those who connect. */
export interface FsManners {
  /** The first thing it sends; null: nothing ever. */
  greeting: string | null
  login: 'check' | 'ignore'
  /** Whether it subscribes people to events. */
  events: 'tell' | 'refuse'
  pings: 'answer' | 'ignore'
}

/** An event socket of FreeSWITCH on a free port of this machine: real sockets, the real wire, what it says is up to the test. */
export class FreeSwitchServer {
  readonly password = 'ClueCon of this test'
  readonly manners: FsManners = {
    greeting: 'Content-Type: auth/request\n\n',
    login: 'check',
    events: 'tell',
    pings: 'answer',
  }
  /** What it was told, in order, passwords included. */
  readonly commands: string[] = []
  /** What `show channels as json` answers. */
  channels: { uuid: string; call_uuid?: string }[] = []
  /** How many more channels the list is said to have than it has. */
  lies = 0
  readonly #server: Server
  readonly #sockets = new Set<Socket>()
  readonly #members = new Set<Socket>()
  #changed: (() => void)[] = []

  private constructor() {
    this.#server = createServer(socket => this.#serve(socket))
  }

  static async start(): Promise<FreeSwitchServer> {
    const server = new FreeSwitchServer()
    server.#server.listen(0, '127.0.0.1')
    await once(server.#server, 'listening')
    return server
  }

  get address(): string {
    return `tcp://127.0.0.1:${(this.#server.address() as { port: number }).port}`
  }

  /** Sends these events to everybody who asked for events. */
  play(...events: FsMessage[]): void {
    this.send(Buffer.concat(events.map(eventFrame)))
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

  /** Resolves once so many commands that begin like this have come, in all. */
  async asked(start: string, times = 1): Promise<void> {
    while (this.count(start) < times) await this.#change()
  }

  count(start: string): number {
    return this.commands.filter(command => command.startsWith(start)).length
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
    if (this.manners.greeting !== null) socket.write(this.manners.greeting)
    let rest = ''
    socket.setEncoding('utf8').on('data', text => {
      const commands = (rest + text).split('\n\n')
      rest = commands.pop()!
      for (const command of commands) {
        this.commands.push(command)
        this.#answer(socket, command)
        this.#tell()
      }
    })
  }

  #answer(socket: Socket, command: string): void {
    const reply = (text: string) => socket.write(`Content-Type: command/reply\nReply-Text: ${text}\n\n`)
    const print = (text: string) =>
      socket.write(`Content-Type: api/response\nContent-Length: ${Buffer.byteLength(text)}\n\n${text}`)
    if (command.startsWith('auth ')) {
      if (this.manners.login === 'ignore') return
      reply(command === `auth ${this.password}` ? '+OK accepted' : '-ERR invalid')
    } else if (command.startsWith('event json ')) {
      if (this.manners.events === 'refuse') return void reply('-ERR permission denied')
      this.#members.add(socket)
      reply('+OK event listener enabled json')
    } else if (command.startsWith('api echo')) {
      if (this.manners.pings === 'answer') print('hub')
    } else if (command === 'api show channels as json') {
      print(JSON.stringify({ row_count: this.channels.length + this.lies, rows: this.channels }))
    } else {
      reply('-ERR command not found')
    }
  }

  #change(): Promise<void> {
    return new Promise(resolve => this.#changed.push(resolve))
  }

  #tell(): void {
    for (const resolve of this.#changed.splice(0)) resolve()
  }
}

/** The event as it stands on the wire. */
export function eventFrame(event: FsMessage): Buffer {
  const body = Buffer.from(JSON.stringify(event))
  return Buffer.concat([Buffer.from(`Content-Length: ${body.length}\nContent-Type: text/event-json\n\n`), body])
}
