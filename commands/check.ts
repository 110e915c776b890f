import 'reflect-metadata'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { generate } from '@graphql-codegen/cli'
import { projectRoot } from '../kernel/projectRoot.js'
import { codegenConfig } from './codegenConfig.js'
import { printSchemas } from './printSchemas.js'

/** Says which committed files are no longer what the code prints. */
async function main(): Promise<void> {
  const stale: string[] = []
  const compare = async (path: string, text: string, command: string) => {
    const committed = await readFile(join(projectRoot, path), 'utf8').catch(() => null)
    if (committed !== text) stale.push(`${path} is not what the code prints: run ${command} and commit it`)
  }
  for (const [name, text] of await printSchemas()) await compare(`schema/${name}`, text, '"npm run schema"')
  for (const { filename, content } of await generate(codegenConfig(), false)) {
    await compare(filename.replace(`${projectRoot}/`, ''), content, '"npm run codegen"')
  }
  if (stale.length === 0) return console.log('Schema and generated operations are current.')
  for (const line of stale) console.error(line)
  process.exit(1)
}

await main()
