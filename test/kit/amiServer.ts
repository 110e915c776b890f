import { readFileSync } from 'node:fs'
import type { Socket } from 'node:net'
import { join } from 'node:path'
import { projectRoot } from '../../kernel/projectRoot.js'
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
  /** What becomes of a call that is placed: the agent's phone rings and so on, or is busy, unknown, or nobody may; or nothing is heard. */
  originate: 'answer' | 'busy' | 'unreachable' | 'forbid' | 'refuse' | 'silent' | 'ignore'
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
  readonly manners: Manners = {
    banner: 'Asterisk Call Manager/11.0.0',
    login: 'check',
    pings: 'answer',
    originate: 'answer',
  }
  /** What it was asked, in order. */
  readonly actions: AmiAction[] = []
  /** Answers to `CoreShowChannels` and `QueueStatus`, as events without their ActionID. */
  channels: AmiMessage[] = []
  queueEntries: AmiMessage[] = []
  /** Answers to other lists, by the action that asks for them; one that is not here is unknown to this server. */
  readonly lists: Record<string, AmiMessage[]> = {}
  /** Answers to other actions. */
  readonly answers: Record<string, AmiMessage> = {}
  /** How many more entries lists are said to have than they have. */
  lies = 0

  #placed = 0

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

  #answer(socket: Socket, action: AmiAction): void {
    const { Action, ActionID, Username, Secret } = action
    const write = (...messages: AmiMessage[]) => socket.write(messages.map(frameOf).join(''))
    switch (Action) {
      case 'Login': {
        if (this.manners.login === 'ignore') return
        const good = this.manners.login === 'check' && Username === this.username && Secret === this.secret
        if (!good) return void write({ Response: 'Error', ActionID, Message: 'Authentication failed' })
        if (action.Events !== 'off') this.members.add(socket)
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
      case 'Originate':
        return void this.#originate(action, write)
      case 'Hangup':
        return void this.#hangUp(action, write)
      default: {
        const [entries, answer] = [this.lists[Action], this.answers[Action]]
        if (entries) return void write(...this.#list(ActionID, entries, `${Action}Complete`))
        write(answer ? { ...answer, ActionID } : { Response: 'Error', ActionID, Message: 'Invalid/unknown command' })
      }
    }
  }

  #originate(action: AmiAction, write: (...messages: AmiMessage[]) => void): void {
    const { ActionID } = action
    switch (this.manners.originate) {
      case 'ignore':
        return
      case 'silent':
        return void write({ Response: 'Success', ActionID, Message: 'Originate successfully queued' })
      case 'forbid':
        return void write({ Response: 'Error', ActionID, Message: 'Permission denied' })
      case 'refuse':
        return void write({ Response: 'Error', ActionID, Message: 'Channel not specified' })
      case 'answer': {
        write({ Response: 'Success', ActionID, Message: 'Originate successfully queued' })
        const call = new PlacedCall(action, ++this.#placed)
        this.channels = [...this.channels, ...call.channels]
        return void this.play(...call.answered)
      }
      default: {
        const Reason = this.manners.originate === 'busy' ? '5' : '0'
        const failed = { Event: 'OriginateResponse', ActionID, Response: 'Failure', Reason, Uniqueid: '<null>' }
        write({ Response: 'Success', ActionID, Message: 'Originate successfully queued' }, failed)
      }
    }
  }

  /** With the first channel of a call that was placed, all of it is over. */
  #hangUp({ ActionID, Channel }: AmiAction, write: (...messages: AmiMessage[]) => void): void {
    const channel = this.channels.find(one => one.Channel === Channel)
    if (!channel) return void write({ Response: 'Error', ActionID, Message: 'No such channel' })
    write({ Response: 'Success', ActionID, Message: 'Channel Hungup' })
    this.channels = this.channels.filter(one => one.Linkedid !== channel.Linkedid)
    this.play(...PlacedCall.ended(channel))
  }

  #list(ActionID: string, entries: AmiMessage[], complete: string): AmiMessage[] {
    return [
      { Response: 'Success', ActionID, EventList: 'start', Message: 'The list follows' },
      ...entries.map(entry => ({ ...entry, ActionID })),
      { Event: complete, ActionID, EventList: 'Complete', ListItems: String(entries.length + this.lies) },
    ]
  }
}

/** What a real Asterisk sent of a call that was placed by Originate, as another call. */
class PlacedCall {
  readonly answered: AmiMessage[]
  readonly channels: AmiMessage[]

  constructor({ ActionID, ChannelId, Channel, Exten, CallerID }: AmiAction, n: number) {
    const suffix = String(n).padStart(7, '0')
    const names: [string, string][] = [
      ['hub-call-42', ActionID],
      ['hub42-agent', ChannelId ?? ''],
      ['pbx1-1795428149.51', `pbx1-1795428149.9${suffix}`],
      ['PJSIP/1001-00000010', `${Channel}-a${suffix}`],
      ['PJSIP/trunk-ct-00000011', `PJSIP/trunk-ct-b${suffix}`],
      ['PJSIP/1001', Channel ?? ''],
      ['"1001"', JSON.stringify(/\/(.*)$/.exec(Channel ?? '')?.[1])],
      ['13812345678', Exten ?? ''],
      ['"Hub"', JSON.stringify(/"(.*)"/.exec(CallerID ?? '')?.[1] ?? '')],
    ]
    const all = names.reduce((text, [from, to]) => text.replaceAll(from, to), template())
    const events = all.split('\n').map(line => JSON.parse(line) as AmiMessage)
    const over = events.findIndex(({ Event }) => Event === 'ChannelHungup')
    this.answered = events.slice(0, over).filter(({ Event }) => Event !== undefined)
    this.channels = this.answered
      .filter(({ Event }) => Event === 'Newchannel')
      .map(event => ({ ...event, Event: 'CoreShowChannel', ChannelState: '6', Duration: '00:00:03' }))
    PlacedCall.#ends.set(ChannelId ?? '', events.slice(over))
  }

  static readonly #ends = new Map<string, AmiMessage[]>()

  /** What is said when this channel's call is hung up. */
  static ended({ Linkedid }: AmiMessage): AmiMessage[] {
    return PlacedCall.#ends.get(String(Linkedid)) ?? []
  }
}

const template = (): string =>
  readFileSync(join(projectRoot, 'test', 'fixtures', 'asterisk', 'ami-click2call-ami.jsonl'), 'utf8').trim()

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
