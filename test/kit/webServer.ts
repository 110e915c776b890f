import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export type WebAnswer = (request: IncomingMessage, response: ServerResponse) => void

/** A web server on a free port of this machine; what it answers is up to the test. */
export class WebServer {
  /** Refuses everything until the test says otherwise. */
  answer: WebAnswer = (_, response) => response.writeHead(404).end()
  readonly requests: IncomingMessage[] = []
  readonly #server: Server

  private constructor() {
    this.#server = createServer((request, response) => {
      this.requests.push(request)
      response.on('error', () => undefined)
      this.answer(request, response)
    })
  }

  static async start(): Promise<WebServer> {
    const one = new WebServer()
    one.#server.listen(0, '127.0.0.1')
    await once(one.#server, 'listening')
    return one
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  async stop(): Promise<void> {
    this.#server.close()
    this.#server.closeAllConnections()
    await once(this.#server, 'close')
  }
}
