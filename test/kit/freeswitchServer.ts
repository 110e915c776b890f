import type { Socket } from 'node:net'
import { SocketServer } from './socketServer.js'

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

/** An event socket of FreeSWITCH: the real wire, what it says is up to the test. */
export class FreeSwitchServer extends SocketServer {
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

  private constructor() {
    super('\n\n')
  }

  static start(): Promise<FreeSwitchServer> {
    return new FreeSwitchServer().listen()
  }

  /** Sends these events to everybody who asked for events. */
  play(...events: FsMessage[]): void {
    this.send(Buffer.concat(events.map(eventFrame)))
  }

  /** Resolves once so many commands that begin like this have come, in all. */
  asked(start: string, times = 1): Promise<void> {
    return this.until(() => this.count(start) >= times)
  }

  count(start: string): number {
    return this.commands.filter(command => command.startsWith(start)).length
  }

  protected override greeting(): string | null {
    return this.manners.greeting
  }

  protected override take(socket: Socket, command: string): void {
    this.commands.push(command)
    this.#answer(socket, command)
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
      this.members.add(socket)
      reply('+OK event listener enabled json')
    } else if (command.startsWith('api echo')) {
      if (this.manners.pings === 'answer') print('hub')
    } else if (command === 'api show channels as json') {
      print(JSON.stringify({ row_count: this.channels.length + this.lies, rows: this.channels }))
    } else {
      reply('-ERR command not found')
    }
  }
}

/** The event as it stands on the wire. */
export function eventFrame(event: FsMessage): Buffer {
  const body = Buffer.from(JSON.stringify(event))
  return Buffer.concat([Buffer.from(`Content-Length: ${body.length}\nContent-Type: text/event-json\n\n`), body])
}
