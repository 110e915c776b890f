import { once } from 'node:events'
import { createServer, type Server, type Socket } from 'node:net'

/** A server on a free port of this machine, with real sockets; what it says is up to the test. */
export abstract class SocketServer {
  /** Those who are told what is played. */
  protected readonly members = new Set<Socket>()
  readonly #server: Server
  readonly #sockets = new Set<Socket>()
  #changed: (() => void)[] = []

  protected constructor(
    /** What ends a message that comes. */
    private readonly separator: string,
  ) {
    this.#server = createServer(socket => this.#serve(socket))
  }

  /** The first thing it sends; null: nothing ever. */
  protected abstract greeting(): string | null
  protected abstract take(socket: Socket, message: string): void

  async listen(): Promise<this> {
    this.#server.listen(0, '127.0.0.1')
    await once(this.#server, 'listening')
    return this
  }

  get port(): number {
    return (this.#server.address() as { port: number }).port
  }

  get address(): string {
    return `tcp://127.0.0.1:${this.port}`
  }

  /** Sends bytes as they are, in pieces of this size. */
  send(bytes: string | Buffer, pieceSize = Number.POSITIVE_INFINITY): void {
    const all = Buffer.from(bytes as string)
    for (const socket of this.members)
      for (let at = 0; at < all.length; at += pieceSize) socket.write(all.subarray(at, at + pieceSize))
  }

  /** Breaks every connection. */
  drop(): void {
    for (const socket of this.#sockets) socket.destroy()
  }

  /** Resolves once this many are connected. */
  connected(count: number): Promise<void> {
    return this.until(() => this.#sockets.size === count)
  }

  async stop(): Promise<void> {
    this.drop()
    this.#server.close()
    await once(this.#server, 'close')
  }

  /** Resolves once this holds; looked at whenever somebody comes, leaves or says something. */
  protected async until(holds: () => boolean): Promise<void> {
    while (!holds()) await new Promise<void>(resolve => this.#changed.push(resolve))
  }

  #serve(socket: Socket): void {
    this.#sockets.add(socket)
    this.#tell()
    socket.on('error', () => undefined)
    socket.on('close', () => {
      this.#sockets.delete(socket)
      this.members.delete(socket)
      this.#tell()
    })
    const greeting = this.greeting()
    if (greeting !== null) socket.write(greeting)
    let rest = ''
    socket.setEncoding('utf8').on('data', text => {
      const messages = (rest + text).split(this.separator)
      rest = messages.pop()!
      for (const message of messages) {
        this.take(socket, message)
        this.#tell()
      }
    })
  }

  #tell(): void {
    for (const resolve of this.#changed.splice(0)) resolve()
  }
}
