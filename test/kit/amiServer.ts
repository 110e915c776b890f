import type { Socket } from 'node:net'
import { SocketServer } from './socketServer.js'

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

/** An Asterisk manager interface: the real wire, what it says is up to the test. */
export class AmiServer extends SocketServer {
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

  private constructor() {
    super('\r\n\r\n')
  }

  static start(): Promise<AmiServer> {
    return new AmiServer().listen()
  }

  /** Sends these events to everybody who is logged in. */
  play(...events: AmiMessage[]): void {
    this.send(events.map(frameOf).join(''))
  }

  /** Resolves once so many actions of this name have been asked, in all. */
  async asked(action: string, times = 1): Promise<AmiAction> {
    const found = () => this.actions.filter(({ Action }) => Action === action)
    await this.until(() => found().length >= times)
    return found()[times - 1]!
  }

  protected override greeting(): string | null {
    return this.manners.banner === null ? null : `${this.manners.banner}\r\n`
  }

  protected override take(socket: Socket, message: string): void {
    const action = actionOf(message)
    this.actions.push(action)
    this.#answer(socket, action)
  }

  #answer(socket: Socket, { Action, ActionID, Username, Secret }: AmiAction): void {
    const write = (...messages: AmiMessage[]) => socket.write(messages.map(frameOf).join(''))
    switch (Action) {
      case 'Login': {
        if (this.manners.login === 'ignore') return
        const good = this.manners.login === 'check' && Username === this.username && Secret === this.secret
        if (!good) return void write({ Response: 'Error', ActionID, Message: 'Authentication failed' })
        this.members.add(socket)
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
