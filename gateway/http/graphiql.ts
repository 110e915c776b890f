import type { Log } from '../../kernel/log/index.js'

/** Installed for development only: imported by name, so that the hub builds and runs without it. */
const PACKAGE: string = '@graphql-yoga/render-graphiql'
const PLACEHOLDER = '{"authorization":"%token%"}'
/** The token of the sandbox person chosen on the page at `/`, which keeps it for the tab and for those opened from it. */
const HEADERS = `JSON.stringify({ authorization: sessionStorage.getItem('hub.authorization') ?? 'Bearer …' })`

/** The browser itself keeps the page from loading anything from elsewhere. */
export const GRAPHIQL_POLICY = "default-src 'self' 'unsafe-inline' 'unsafe-eval' blob: data:"

/** GraphiQL as one page that needs nothing from the network. Made on first use: it has several megabytes. */
export class GraphiqlPage {
  #page: Promise<string | null> | null = null

  constructor(private readonly log: Log) {}

  html(): Promise<string | null> {
    this.#page ??= this.#render().catch(error => {
      this.log.warn({ error }, 'GraphiQL is not installed')
      return null
    })
    return this.#page
  }

  async #render(): Promise<string> {
    const { renderGraphiQL } = (await import(PACKAGE)) as { renderGraphiQL(options: object): string }
    const html = renderGraphiQL({
      title: 'Hub',
      endpoint: '/graphql',
      headers: PLACEHOLDER,
      defaultQuery: '{ me { id name role } }\n',
      subscriptionsProtocol: 'SSE',
    })
    return html.replace(JSON.stringify(PLACEHOLDER), () => HEADERS)
  }
}
