/** What a client wants an answer of /graphql to be. */
export type MediaType = 'json' | 'graphql' | 'sse' | 'html'

const TYPES: Readonly<Record<string, MediaType>> = {
  'application/json': 'json',
  'application/graphql-response+json': 'graphql',
  'text/event-stream': 'sse',
  'text/html': 'html',
  'application/*': 'json',
  '*/*': 'json',
}

export const CONTENT_TYPES: Readonly<Record<'json' | 'graphql', string>> = {
  json: 'application/json; charset=utf-8',
  graphql: 'application/graphql-response+json; charset=utf-8',
}

/** The type an `accept` header likes best, the earlier of two it likes as well; JSON where it says nothing that is known here. */
export function mediaType(accept: string | undefined): MediaType {
  let best: MediaType = 'json'
  let liking = 0
  for (const range of (accept ?? '').slice(0, 1000).split(',')) {
    const [name = '', ...parameters] = range.split(';')
    const type = TYPES[name.trim().toLowerCase()]
    const quality = parameters.map(text => /^\s*q=([\d.]+)\s*$/.exec(text)?.[1]).find(Boolean)
    const q = quality === undefined ? 1 : Number(quality)
    if (type && q > liking) {
      best = type
      liking = q
    }
  }
  return best
}
