import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http'
import type { Clock } from '../../kernel/clock.js'
import type { Log } from '../../kernel/log/index.js'
import { BodyError, readBody } from '../../kernel/subgraph/index.js'
import type { Limits } from '../limits/limits.js'
import type { GatewayMetrics } from '../metrics.js'
import { respond } from './respond.js'

/** A hook as it came; its bytes untouched, because signatures are over them. */
export interface Hook {
  headers: IncomingHttpHeaders
  /** Without a question mark; may hold a secret. */
  query: string
  body: Buffer
  receivedAt: Date
}

export interface HookAnswer {
  status: number
  body: string
  headers?: Record<string, string>
}

/** Takes hooks of connected systems. Kept by the sync subgraph. */
export interface HookReceiver {
  receive(systemId: string, hook: Hook): Promise<HookAnswer>
}

export interface HooksSettings {
  receiver: HookReceiver
  limits: Limits
  clock: Clock
  metrics: GatewayMetrics
  log: Log
}

const PATH = /^\/hooks\/([\w.~-]{1,200})(?:\/|$)/
/** What phone systems and CRMs send; anything else is a mistake better named at once. */
const TYPES = /^(application\/(json|[\w.+-]+\+json|x-www-form-urlencoded|xml|x-ndjson)|text\/(plain|xml))\b/i
const BUSY_SECONDS = 1

/** The door for webhooks: measures, reads, hands over. Under pressure it says 503, on which senders try again. */
export class Hooks {
  #working = 0

  constructor(private readonly settings: HooksSettings) {}

  static serves(pathname: string): boolean {
    return PATH.test(pathname)
  }

  async handle(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    const { limits, metrics, log } = this.settings
    const answer = await this.#answer(request, url, limits).catch((error: unknown): HookAnswer => {
      if (error instanceof BodyError) return problem(error.status, error.message)
      log.error({ error }, 'A hook could not be taken')
      return problem(503, 'Try again.', { 'retry-after': String(BUSY_SECONDS) })
    })
    metrics.hook(answer.status)
    if (response.destroyed) return
    for (const [name, value] of Object.entries(answer.headers ?? {})) response.setHeader(name, value)
    const type = answer.headers?.['content-type'] ?? 'application/json; charset=utf-8'
    respond(request, response, answer.status, answer.body, type)
  }

  async #answer(request: IncomingMessage, url: URL, limits: Limits): Promise<HookAnswer> {
    const { receiver, clock } = this.settings
    const systemId = PATH.exec(url.pathname)![1]!
    if (request.method !== 'POST') return problem(405, 'Send hooks by POST.', { allow: 'POST' })
    if (!TYPES.test(request.headers['content-type'] ?? '')) throw new BodyError(415, 'Send JSON, a form, XML or text.')
    if (this.#working >= limits.hooksAtOnce) return problem(503, 'Try again.', { 'retry-after': String(BUSY_SECONDS) })
    this.#working++
    try {
      const receivedAt = clock.now()
      const body = await readBody(request, limits.hookBytes)
      return await receiver.receive(systemId, {
        headers: request.headers,
        query: url.search.slice(1),
        body,
        receivedAt,
      })
    } finally {
      this.#working--
    }
  }
}

const problem = (status: number, message: string, headers?: Record<string, string>): HookAnswer => ({
  status,
  body: JSON.stringify({ error: message }),
  headers,
})
