import { consoleFiles } from '../console/consoleFiles.js'
import { type Route, respond, respondJson } from '../gateway/index.js'
import type { Config } from '../kernel/config/index.js'
import { readBody } from '../kernel/subgraph/index.js'
import type { TokenIssuer } from './tokenIssuer.js'

const TOKEN_SECONDS = 3600
const BODY_LIMIT = 1024

/** The page at `/`. With the hub's own issuer, which production refuses, it can choose who to be. */
export function consoleRoutes({ config, issuer }: { config: Config; issuer: TokenIssuer | null }): Route[] {
  const files = consoleFiles()
  const pages: Route = {
    serves: (method, path) => method === 'GET' && files.has(path),
    handle: async (request, response, { pathname }) => {
      const { type, body } = files.get(pathname)!
      respond(request, response, 200, body, type)
    },
  }
  if (!issuer) return [pages]
  const people: Route = {
    serves: (method, path) => method === 'GET' && path === '/sandbox/people',
    handle: async (request, response) =>
      respondJson(
        request,
        response,
        200,
        config.people.map(({ id, name, role }) => ({ id, name, role })),
      ),
  }
  const token: Route = {
    serves: (method, path) => method === 'POST' && path === '/sandbox/token',
    handle: async (request, response) => {
      // JSON only: a form of another origin cannot send it, and a script of one is stopped by CORS.
      const isJson = /^application\/json\b/.test(request.headers['content-type'] ?? '')
      const body = (await readBody(request, BODY_LIMIT)).toString()
      const person = isJson ? personIn(body) : null
      if (!config.people.some(({ id }) => id === person))
        return respondJson(request, response, 404, { error: 'There is no such person.' })
      respondJson(request, response, 200, { token: await issuer.issueToken(person!, TOKEN_SECONDS) })
    },
  }
  return [pages, people, token]
}

function personIn(body: string): string | null {
  try {
    return String((JSON.parse(body) as { person?: unknown }).person)
  } catch {
    return null
  }
}
