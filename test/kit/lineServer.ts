import type { Socket } from 'node:net'
import type { CallFact } from '../../kernel/ports/index.js'
import { SocketServer } from './socketServer.js'

/** How the server treats those who connect. */
export interface LineManners {
  /** Whether those who come may stay. */
  door: 'open' | 'shut'
  /** How it answers who asks which calls go on: with all of them, with none of them, or not at all. */
  calls: 'tell' | 'lie' | 'refuse'
}

/** A phone system that speaks in lines of JSON and does what the test says; for what holds whatever the protocol. */
export class LineServer extends SocketServer {
  readonly manners: LineManners = { door: 'open', calls: 'tell' }
  /** Ids of the calls that go on. */
  readonly calls = new Set<string>()
  /** How many logged in so far. */
  logins = 0

  private constructor() {
    super('\n')
  }

  static start(): Promise<LineServer> {
    return new LineServer().listen()
  }

  /** Tells it to everybody who is logged in. */
  tell(...facts: CallFact[]): void {
    this.send(facts.map(fact => `${JSON.stringify({ fact })}\n`).join(''))
  }

  /** Nobody is connected, and nobody gets in until the door is opened again. */
  shut(): void {
    this.manners.door = 'shut'
    this.drop()
  }

  /** Resolves once so many have logged in, in all. */
  async loggedIn(times: number): Promise<void> {
    await this.until(() => this.logins >= times)
  }

  /** How many listen at this moment. */
  get listening(): number {
    return this.members.size
  }

  protected override greeting(): null {
    return null
  }

  protected override take(socket: Socket, line: string): void {
    if (this.manners.door === 'shut') {
      socket.destroy()
      return
    }
    const say = (answer: object) => socket.write(`${JSON.stringify(answer)}\n`)
    switch (line) {
      case 'login':
        this.members.add(socket)
        this.logins++
        say({ welcome: true })
        return
      case 'ping':
        say({ pong: true })
        return
      case 'calls':
        if (this.manners.calls === 'refuse') socket.destroy()
        else say({ calls: this.manners.calls === 'lie' ? [] : [...this.calls] })
    }
  }
}
