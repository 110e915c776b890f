import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { projectRoot } from '../kernel/projectRoot.js'

/** The SDL of a subgraph that another process runs: both have the same release, and `npm run check` keeps it equal to the code. */
export const committedSdl = (name: string): Promise<string> =>
  readFile(join(projectRoot, 'schema', `${name}.graphql`), 'utf8')
