/** What the gateway takes from a client at most. Every refusal names the limit and its number, so that a client can do with less. */
export interface Limits {
  /** Of a request to /graphql. */
  bodyBytes: number
  /** Of a hook. */
  hookBytes: number
  /** Hooks worked on at once; more get 503, on which senders try again. */
  hooksAtOnce: number
  /** Nesting of the JSON of a request. */
  jsonDepth: number
  /** Words and signs of a query. */
  tokens: number
  /** Nesting of fields. An introspection query has 15. */
  depth: number
  aliases: number
  rootFields: number
  directives: number
  /** Selections in one pair of braces: validation compares each with each. */
  width: number
  /** Fields once all fragments are written out. */
  fields: number
  /** `first` and `last` of a list. */
  pageSize: number
  /** Objects an operation can return, lists multiplied along their nesting. */
  cost: number
  /** Of one person, over all transports. */
  requests: { burst: number; perSecond: number }
  /** Of one address that sent no valid token. */
  strangers: { burst: number; perSecond: number }
  /** Of one person: open WebSockets and event streams. */
  socketsPerPerson: number
  subscriptionsPerSocket: number
  /** WebSockets that have not said yet who they are. */
  socketsWaiting: number
  /** First message of a WebSocket, and milliseconds until it must have come. */
  connectionInitBytes: number
  connectionInitMs: number
  socketMessageBytes: number
}

export const defaultLimits: Limits = {
  bodyBytes: 1024 * 1024,
  hookBytes: 1024 * 1024,
  hooksAtOnce: 64,
  jsonDepth: 32,
  tokens: 2000,
  depth: 16,
  aliases: 50,
  rootFields: 20,
  directives: 50,
  width: 200,
  fields: 2000,
  pageSize: 100,
  cost: 50_000,
  requests: { burst: 500, perSecond: 100 },
  strangers: { burst: 50, perSecond: 10 },
  socketsPerPerson: 20,
  subscriptionsPerSocket: 20,
  socketsWaiting: 500,
  connectionInitBytes: 8 * 1024,
  connectionInitMs: 10_000,
  socketMessageBytes: 256 * 1024,
}
