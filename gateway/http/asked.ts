import type { IncomingMessage } from 'node:http'
import { BodyError, readBody, utf8Text } from '../../kernel/subgraph/index.js'
import { jsonDepth } from '../limits/jsonDepth.js'
import type { Limits } from '../limits/limits.js'
import type { Asked } from '../operation/visit.js'

/** What a GET request asks in its address. */
export function askedByGet(url: URL, limits: Limits): Asked {
  const { searchParams } = url
  const json = (name: string) => {
    const text = searchParams.get(name)
    return text === null || text === '' ? undefined : parsed(text, limits)
  }
  return askedOf({
    query: searchParams.get('query') ?? undefined,
    operationName: searchParams.get('operationName') ?? undefined,
    variables: json('variables'),
    extensions: json('extensions'),
  })
}

/** What a POST request asks in its body. */
export async function askedByPost(request: IncomingMessage, limits: Limits): Promise<Asked> {
  const [type, ...parameters] = (request.headers['content-type'] ?? '').toLowerCase().split(';')
  const charset = parameters.map(text => /^\s*charset="?([\w-]+)"?\s*$/.exec(text)?.[1]).find(Boolean)
  if (type?.trim() !== 'application/json' || (charset && charset !== 'utf-8' && charset !== 'utf8')) {
    throw new BodyError(415, 'Send the request as "content-type: application/json", in UTF-8.')
  }
  if (request.headers['content-encoding']) throw new BodyError(415, 'Send the request uncompressed.')
  return askedOf(parsed(utf8Text(await readBody(request, limits.bodyBytes)), limits))
}

/** A request that came as JSON, whichever way. */
export function askedOf(body: unknown): Asked {
  if (Array.isArray(body)) throw new BodyError(400, 'Send one operation a request, not a list of them.')
  if (!isMap(body)) throw new BodyError(400, 'The request must be a JSON object with "query".')
  const { query, operationName, variables, extensions } = body
  if (typeof query !== 'string') throw new BodyError(400, 'The request needs "query", a text.')
  if (operationName != null && typeof operationName !== 'string')
    throw new BodyError(400, '"operationName" must be a text.')
  if (variables != null && !isMap(variables)) throw new BodyError(400, '"variables" must be an object.')
  if (extensions != null && !isMap(extensions)) throw new BodyError(400, '"extensions" must be an object.')
  return { query, operationName: operationName || null, variables: variables ?? null }
}

function parsed(text: string, limits: Limits): unknown {
  if (jsonDepth(text) > limits.jsonDepth) {
    throw new BodyError(400, `JSON may be nested ${limits.jsonDepth} levels deep at most.`)
  }
  try {
    return JSON.parse(text)
  } catch {
    throw new BodyError(400, 'The request is not valid JSON.')
  }
}

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
