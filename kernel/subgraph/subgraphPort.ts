import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { type DocumentNode, getOperationAST, parse } from 'graphql'
import { Lru } from '../encryption/lru.js'
import { HubError, unauthenticated } from '../errors.js'
import { closeServer } from './closeServer.js'
import type { InternalTokens } from './internalToken.js'
import { BodyError, readBody, utf8Text } from './readBody.js'
import type { Subgraph, SubgraphRequest, SubgraphResult, SubgraphStream } from './types.js'

export interface SubgraphPortSettings {
  subgraph: Subgraph
  tokens: InternalTokens
  /** Without it: http, for loopback and networks where nobody can listen in. */
  tls?: { cert: Buffer; key: Buffer }
  /** Longest body in bytes. References of a whole page of rows fit many times. */
  bodyLimit?: number
  /** Milliseconds operations have to finish when the port stops. */
  stopMs?: number
}

export interface SubgraphPort {
  /** Returns the address to call. */
  listen(port: number, host: string): Promise<string>
  /** Ends streams, waits for operations in flight (bounded), closes. */
  stop(): Promise<void>
}

const DOCUMENTS = 500
const BODY_LIMIT = 8 * 1024 * 1024
const STOP_MS = 10_000

/**
 * Offers a subgraph to a gateway in another process: POST with JSON, subscriptions as server-sent events. Nobody but a bearer of a valid
 * internal token learns anything, not even the schema.
 */
export function subgraphPort({
  subgraph,
  tokens,
  tls,
  bodyLimit = BODY_LIMIT,
  stopMs = STOP_MS,
}: SubgraphPortSettings): SubgraphPort {
  const documents = new Lru<string, DocumentNode>(DOCUMENTS)
  const streams = new Set<SubgraphStream>()
  let stopping = false
  const listener = (request: IncomingMessage, response: ServerResponse): void => {
    answer(request, response).catch(error => {
      if (response.headersSent) response.destroy()
      else refuse(response, error)
    })
  }
  const server = tls ? createTlsServer(tls, listener) : createServer(listener)

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const bearer = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1]
    const caller = await tokens.verify(subgraph.name, bearer ?? '').catch(() => undefined)
    if (caller === undefined) throw unauthenticated('This address is for the gateway only.')
    if (request.method !== 'POST') throw new BodyError(400, 'Only POST is understood here.')
    const body = bodyOf(utf8Text(await readBody(request, bodyLimit)))
    const asked: SubgraphRequest = { ...body, document: documentOf(body.query), caller }
    if (getOperationAST(asked.document, asked.operationName)?.operation === 'subscription') {
      const abort = new AbortController()
      response.on('close', () => abort.abort())
      const result = await subgraph.subscribe({ ...asked, signal: abort.signal })
      return Symbol.asyncIterator in result ? stream(response, result) : send(response, 200, result)
    }
    send(response, 200, await subgraph.execute(asked))
  }

  function documentOf(query: string): DocumentNode {
    let document = documents.get(query)
    if (!document) {
      document = parse(query, { noLocation: true })
      documents.set(query, document)
    }
    return document
  }

  async function stream(response: ServerResponse, events: SubgraphStream): Promise<void> {
    streams.add(events)
    // It may have been opened while the others were being ended.
    if (stopping) void events.return?.()
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
    response.flushHeaders()
    try {
      for await (const event of events) {
        if (!response.write(`data: ${JSON.stringify(event)}\n\n`)) await drained(response)
      }
    } finally {
      streams.delete(events)
      response.end()
    }
  }

  return {
    listen: (port, host) =>
      new Promise((resolve, reject) => {
        server.once('error', reject)
        server.listen(port, host, () => {
          const { port: taken } = server.address() as AddressInfo
          resolve(`${tls ? 'https' : 'http'}://${host.includes(':') ? `[${host}]` : host}:${taken}/graphql`)
        })
      }),
    stop: async () => {
      stopping = true
      for (const events of streams) void events.return?.()
      await closeServer(server, stopMs)
    },
  }
}

interface Asked {
  query: string
  operationName?: string
  variables?: Record<string, unknown>
}

function bodyOf(text: string): Asked {
  try {
    const body = JSON.parse(text) as Asked
    if (typeof body.query === 'string') return body
  } catch {}
  throw new BodyError(400, 'The body is no GraphQL request.')
}

function refuse(response: ServerResponse, error: unknown): void {
  const shown = error instanceof HubError ? error : new HubError('BAD_USER_INPUT', 'The request cannot be understood.')
  const status = shown.code === 'UNAUTHENTICATED' ? 401 : error instanceof BodyError ? error.status : 400
  response.setHeader('connection', 'close')
  send(response, status, { errors: [{ message: shown.message, extensions: shown.extensions }] })
}

function send(response: ServerResponse, status: number, result: SubgraphResult): void {
  const body = Buffer.from(JSON.stringify(result))
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'content-length': body.length })
  response.end(body)
}

/** Also resolves when the other side is gone: then nothing drains any more. */
const drained = (response: ServerResponse): Promise<void> =>
  new Promise(resolve => {
    response.once('drain', resolve)
    response.once('close', resolve)
  })
