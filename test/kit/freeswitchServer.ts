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
  /** Whether it takes orders to place calls, says that it does and then nothing, or not even that. */
  orders: 'take' | 'deny' | 'only say so' | 'ignore'
}

/** An order to place a call, as FreeSWITCH would understand it. */
export interface FsOrder {
  variables: Record<string, string>
  endpoint: string
  /** What is to be done once it is answered: an application, or a place in the dial plan. */
  onward: string
}

/** What somebody asked to be told. */
interface Subscription {
  names: Set<string>
  /** Headers and their values, of which one has to be there; none: whatever there is. */
  filters: [string, string][]
}

/** An event socket of FreeSWITCH: the real wire, what it says is up to the test. */
export class FreeSwitchServer extends SocketServer {
  readonly password = 'ClueCon of this test'
  readonly manners: FsManners = {
    greeting: 'Content-Type: auth/request\n\n',
    login: 'check',
    events: 'tell',
    pings: 'answer',
    orders: 'take',
  }
  /** What it was told, in order, passwords included. */
  readonly commands: string[] = []
  /** What `show channels as json` answers. */
  channels: { uuid: string; call_uuid?: string; direction?: string }[] = []
  /** How many more channels the list is said to have than it has. */
  lies = 0
  /** What it prints to other commands of its own; it knows no others. */
  readonly printed = new Map<string, string>()
  /** The phones that it can ring. */
  readonly registered = new Set<string>()
  readonly orders: FsOrder[] = []
  /** The events of a phone that is being rung. */
  ringing: (order: FsOrder) => FsMessage[] = ({ variables }) =>
    ['CHANNEL_CREATE', 'CHANNEL_PROGRESS'].map(name => ({
      'Event-Name': name,
      'Unique-ID': variables.origination_uuid!,
    }))
  readonly #subscriptions = new Map<Socket, Subscription>()

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

  /** Sends them to those who asked for them, as FreeSWITCH does. */
  tell(...events: FsMessage[]): void {
    for (const event of events)
      for (const [socket, { names, filters }] of this.#subscriptions)
        if (
          names.has(event['Event-Name']!) &&
          (filters.length === 0 || filters.some(([name, value]) => event[name] === value))
        )
          socket.write(eventFrame(event))
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
    const [verb, rest] = headAndRest(command)
    switch (verb) {
      case 'auth':
        if (this.manners.login === 'check') reply(rest === this.password ? '+OK accepted' : '-ERR invalid')
        return
      case 'event': {
        if (this.manners.events === 'refuse') return void reply('-ERR permission denied')
        this.members.add(socket)
        this.#subscriptions.set(socket, { names: new Set(rest.split(' ').slice(1)), filters: [] })
        socket.once('close', () => this.#subscriptions.delete(socket))
        return void reply('+OK event listener enabled json')
      }
      case 'filter':
        this.#subscriptions.get(socket)?.filters.push(headAndRest(rest))
        return void reply(`+OK filter added. [${rest.replace(' ', ']=[')}]`)
      case 'bgapi': {
        if (this.manners.orders === 'ignore') return
        if (this.manners.orders === 'deny') return void reply('-ERR permission denied')
        const [order, job = 'no id'] = rest.split('\nJob-UUID: ')
        reply(`+OK Job-UUID: ${job}\nJob-UUID: ${job}`)
        if (this.manners.orders === 'take') this.#originate(order!, job)
        return
      }
      case 'api': {
        const text = this.#run(rest)
        if (text === null) return
        socket.write(`Content-Type: api/response\nContent-Length: ${Buffer.byteLength(text)}\n\n${text}`)
        return
      }
      default:
        reply('-ERR command not found')
    }
  }

  /** null: it prints nothing, ever. */
  #run(command: string): string | null {
    const [verb, rest] = headAndRest(command)
    if (verb === 'echo') return this.manners.pings === 'answer' ? rest : null
    if (command === 'show channels as json')
      return JSON.stringify({ row_count: this.channels.length + this.lies, rows: this.channels })
    if (verb === 'uuid_kill') {
      const there = this.channels.some(({ uuid }) => uuid === rest)
      this.channels = this.channels.filter(({ uuid }) => uuid !== rest)
      return there ? '+OK\n' : '-ERR No such channel!\n'
    }
    if (verb === 'uuid_getvar') return this.printed.get(command) ?? '_undef_'
    return this.printed.get(command) ?? `-ERR ${verb} Command not found!\n`
  }

  #originate(command: string, job: string): void {
    const order = orderIn(command)
    const refusal = this.#refusalOf(order)
    if (refusal !== undefined) {
      this.tell({ 'Event-Name': 'BACKGROUND_JOB', 'Job-UUID': job, _body: `-ERR ${refusal}\n` })
      return
    }
    const uuid = order.variables.origination_uuid!
    this.orders.push(order)
    this.channels.push({ uuid, call_uuid: uuid, direction: 'outbound' })
    this.tell(...this.ringing(order))
  }

  #refusalOf({ variables, endpoint }: FsOrder): string | undefined {
    if (this.channels.some(({ uuid }) => uuid === variables.origination_uuid)) return 'DESTINATION_OUT_OF_ORDER'
    const phone = /([\w.-]+)(?:[@%][^/]*)?$/.exec(endpoint)?.[1]
    return phone !== undefined && this.registered.has(phone) ? undefined : 'USER_NOT_REGISTERED'
  }
}

function orderIn(command: string): FsOrder {
  const [, variables = '', endpoint = '', onward = ''] = /^originate \{([^{}]*)\}(\S+) (\S.*)$/.exec(command) ?? []
  const named = variables.split(',').map(one => one.split('=') as [string, string])
  return { variables: Object.fromEntries(named), endpoint, onward }
}

function headAndRest(text: string): [string, string] {
  const space = text.indexOf(' ')
  return space < 0 ? [text, ''] : [text.slice(0, space), text.slice(space + 1)]
}

/** The event as it stands on the wire. */
export function eventFrame(event: FsMessage): Buffer {
  const body = Buffer.from(JSON.stringify(event))
  return Buffer.concat([Buffer.from(`Content-Length: ${body.length}\nContent-Type: text/event-json\n\n`), body])
}
