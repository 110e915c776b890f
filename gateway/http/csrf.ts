import type { IncomingHttpHeaders } from 'node:http'

const PREFLIGHT_HEADERS = ['apollo-require-preflight', 'x-apollo-operation-name', 'x-requested-with']
const SIMPLE = /^(text\/plain|multipart\/form-data|application\/x-www-form-urlencoded)\b/i

/**
 * Whether a request could have been sent by any web page without the browser asking first (Fetch standard, "simple requests"). Such
 * requests are refused, so that no page can act with what a browser adds by itself. A bearer token is never added by itself.
 */
export function couldBeForged(headers: IncomingHttpHeaders): boolean {
  if (headers.authorization?.startsWith('Bearer ')) return false
  if (PREFLIGHT_HEADERS.some(name => headers[name])) return false
  const type = headers['content-type']
  return type === undefined || SIMPLE.test(type)
}
