import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { projectRoot } from '../kernel/projectRoot.js'

export interface StaticFile {
  type: string
  body: Buffer
}

const require = createRequire(import.meta.url)

/** The page at `/` and what it needs, by path. Read once: they change only with a release. */
export function consoleFiles(): Map<string, StaticFile> {
  const own = (name: string) => readFileSync(join(projectRoot, 'console', name))
  const graphqlWs = join(dirname(require.resolve('graphql-ws')), '..', 'umd', 'graphql-ws.min.js')
  return new Map([
    ['/', { type: 'text/html; charset=utf-8', body: own('index.html') }],
    ['/assets/console.css', { type: 'text/css; charset=utf-8', body: own('console.css') }],
    ['/assets/console.js', { type: 'text/javascript; charset=utf-8', body: own('console.js') }],
    ['/assets/graphql-ws.js', { type: 'text/javascript; charset=utf-8', body: readFileSync(graphqlWs) }],
  ])
}
