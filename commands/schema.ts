import 'reflect-metadata'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { projectRoot } from '../kernel/projectRoot.js'
import { printSchemas } from './printSchemas.js'

for (const [name, text] of await printSchemas()) {
  await writeFile(join(projectRoot, 'schema', name), text)
  console.log(`schema/${name}`)
}
