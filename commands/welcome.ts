import type { Config } from '../kernel/config/index.js'

const QUERY = '{ customers(first: 3) { totalCount nodes { name phone { masked region } owner { name } } } }'

/** What stands on the screen once the hub is ready: where it is, who one can be, and a first query to paste. */
export function welcome(url: string, { people }: Config, production: boolean): string {
  const where = `Hub ready at ${url}`
  if (production) return where
  return [
    where,
    '',
    `People: ${people.map(({ id }) => id).join(', ')}`,
    '',
    'A first query:',
    `  curl -s ${url}/graphql -H "authorization: Bearer $(npm run -s token -- supervisor-north)" \\`,
    `    -H 'content-type: application/json' -d '{"query":"${QUERY}"}'`,
    '',
    `Or open ${url} and choose who to be. Ctrl-C stops everything.`,
  ].join('\n')
}
