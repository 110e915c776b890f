// Runs one of the commands, building first where the build is missing or older than its sources. Prints nothing of its own.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import './nodeVersion.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const SOURCES = ['kernel', 'gateway', 'subgraphs', 'connectors', 'sandbox', 'commands', 'bench', 'hub.ts']

const newest = path => {
  const stat = statSync(path)
  if (!stat.isDirectory()) return path.endsWith('.ts') ? stat.mtimeMs : 0
  return Math.max(0, ...readdirSync(path).map(name => newest(join(path, name))))
}

const [name, ...args] = process.argv.slice(2)
const target = join(root, 'dist', 'commands', `${name}.js`)
const changed = Math.max(
  ...SOURCES.map(source => join(root, source))
    .filter(existsSync)
    .map(newest),
)
if (
  !existsSync(target) ||
  changed > statSync(join(root, 'dist', 'tsconfig.tsbuildinfo'), { throwIfNoEntry: false })?.mtimeMs
) {
  const tsc = spawnSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', root], {
    encoding: 'utf8',
  })
  if (tsc.status !== 0) {
    process.stderr.write(tsc.stdout + tsc.stderr)
    process.exit(1)
  }
}
process.argv = [process.execPath, target, ...args]
await import(pathToFileURL(target).href)
