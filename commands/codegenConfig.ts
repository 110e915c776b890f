import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { CodegenConfig } from '@graphql-codegen/cli'
import { parse } from 'yaml'
import { projectRoot } from '../kernel/projectRoot.js'

/** codegen.yml, for use without its command. */
export const codegenConfig = (): CodegenConfig => ({
  ...(parse(readFileSync(join(projectRoot, 'codegen.yml'), 'utf8')) as CodegenConfig),
  cwd: projectRoot,
  silent: true,
})
