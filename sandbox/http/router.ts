import { Refusal } from './refusal.js'

export interface Exchange {
  params: Record<string, string>
  query: URLSearchParams
  /** Lower-case names. */
  headers: Record<string, string | undefined>
  /** Parsed JSON; undefined without a body. */
  body: unknown
}

export interface Answer {
  status: number
  body?: unknown
  /** In place of a body; its type stands among the headers. */
  bytes?: Buffer
  headers?: Record<string, string>
}

export interface Route {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  /** `/customers/:id` */
  path: string
  /** Answered without a key. */
  open?: boolean
  handle(exchange: Exchange): Answer | Promise<Answer>
}

export const ok = (body: unknown, headers: Record<string, string> = {}): Answer => ({ status: 200, body, headers })

/** Finds the route of a request. Throws 404 for a path nobody serves and 405 for another method. */
export function findRoute(
  routes: readonly Route[],
  method: string,
  pathname: string,
): { route: Route; params: Record<string, string> } {
  const here = routes.flatMap(route => {
    const params = matchPath(route.path, pathname)
    return params ? [{ route, params }] : []
  })
  const found = here.find(({ route }) => route.method === method)
  if (!found) throw here.length > 0 ? new Refusal(405, 'method_not_allowed') : new Refusal(404, 'not_found')
  return found
}

function matchPath(pattern: string, pathname: string): Record<string, string> | null {
  const wanted = pattern.split('/')
  const given = pathname.split('/')
  if (wanted.length !== given.length) return null
  const params: Record<string, string> = {}
  for (const [index, part] of wanted.entries()) {
    if (part.startsWith(':')) params[part.slice(1)] = decoded(given[index]!)
    else if (part !== given[index]) return null
  }
  return params
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    throw new Refusal(400, 'bad_path')
  }
}
