import { Agent, type IncomingMessage, request as sendPlain } from 'node:http'
import { request as sendByTls, Agent as TlsAgent } from 'node:https'
import { type DocumentNode, print } from 'graphql'
import type { Log } from '../../kernel/log/index.js'
import type { InternalTokens, SubgraphClient, SubgraphRequest, SubgraphResult } from '../../kernel/subgraph/index.js'
import { EventReader } from './eventReader.js'
import { down } from './inTime.js'

export interface RemoteSubgraphSettings {
  name: string
  /** Of its port, such as `http://10.0.0.5:4001/graphql`. */
  url: string
  tokens: InternalTokens
  log: Log
}

export interface RemoteSubgraph extends SubgraphClient {
  close(): void
}

/** A subgraph in another process. What goes wrong on the way is an UNAVAILABLE answer; the cause is logged. */
export function remoteSubgraph({ name, url, tokens, log }: RemoteSubgraphSettings): RemoteSubgraph {
  const isTls = new URL(url).protocol === 'https:'
  const agent = new (isTls ? TlsAgent : Agent)({ keepAlive: true, maxSockets: 256 })
  const send = isTls ? sendByTls : sendPlain
  const texts = new WeakMap<DocumentNode, string>()

  function textOf(document: DocumentNode): string {
    let text = texts.get(document)
    if (text === undefined) {
      text = print(document)
      texts.set(document, text)
    }
    return text
  }

  async function post({
    document,
    operationName,
    variables,
    caller,
    signal,
  }: SubgraphRequest): Promise<IncomingMessage> {
    const body = Buffer.from(JSON.stringify({ query: textOf(document), operationName, variables }))
    const headers = {
      'content-type': 'application/json',
      'content-length': body.length,
      authorization: `Bearer ${await tokens.sign(name, caller)}`,
    }
    return new Promise((resolve, reject) => {
      const call = send(url, { method: 'POST', agent, headers, signal }, resolve)
      call.on('error', reject)
      call.end(body)
    })
  }

  const failed = (error: unknown): SubgraphResult => {
    log.warn({ subgraph: name, error }, 'A subgraph could not be reached')
    return down(name)
  }

  return {
    name,
    execute: request => post(request).then(resultOf).catch(failed),
    subscribe: async request => {
      try {
        const response = await post(request)
        const streams = response.headers['content-type']?.startsWith('text/event-stream')
        return streams ? new EventReader(response, failed) : await resultOf(response)
      } catch (error) {
        return failed(error)
      }
    },
    close: () => agent.destroy(),
  }
}

async function resultOf(response: IncomingMessage): Promise<SubgraphResult> {
  const chunks: Buffer[] = []
  for await (const chunk of response) chunks.push(chunk as Buffer)
  const text = Buffer.concat(chunks).toString()
  // Refusals of the port itself are of no use to a client, who did nothing wrong.
  if (response.statusCode !== 200) throw new Error(`It answered with status ${response.statusCode}.`)
  return JSON.parse(text) as SubgraphResult
}
