import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Readable } from 'node:stream'
import { onlyOne } from '../hub/onlyOne.js'
import type { Config } from '../kernel/config/index.js'
import type { Kernel } from '../kernel/context/index.js'
import { messageOf } from '../kernel/errors.js'
import {
  allInWords,
  delimiterIn,
  type Format,
  ImportRefused,
  importList,
  noMapping,
  openFile,
  openStream,
  readMapping,
  summaryLines,
} from '../subgraphs/sync/index.js'
import type { ImportArguments } from './importArguments.js'
import { importProgress, type Screen } from './importProgress.js'

export interface ImportParts {
  kernel: Kernel
  config: Config
  /** Of the application's role. */
  appUrl: string
  lang: string
  stdin: Readable
  screen: Screen
  /** Stops after the batch under way. */
  signal?: AbortSignal
}

/** All rows were taken. */
export const TAKEN = 0
export const FAILED = 1
/** Some were rejected. */
export const WITH_REJECTS = 2

/** Imports one list, and tells what became of it. Returns the exit code; what cannot be imported at all is told, not thrown. */
export async function importCommand(args: ImportArguments, parts: ImportParts): Promise<number> {
  const { screen, appUrl, kernel } = parts
  try {
    if (args.dry) return await run(args, parts)
    const busy = new ImportRefused(
      `Another import into "${args.systemId}" is under way: wait until it is over, or stop it.`,
    )
    return await onlyOne(appUrl, `import:${args.systemId}`, busy, () => run(args, parts))
  } catch (error) {
    // Anything else may quote a row: it is for the log, which says no values.
    if (error instanceof ImportRefused) screen.line(error.message)
    else {
      screen.line('It could not go on: see the log. What was written before stays; start it again, and it goes on.')
      kernel.log.error({ err: error, system: args.systemId }, 'an import failed')
    }
    return FAILED
  }
}

async function run(
  args: ImportArguments,
  { kernel, config, lang, stdin, screen, signal }: ImportParts,
): Promise<number> {
  const { type, dry } = args
  const system = config.systems.find(({ id }) => id === args.systemId)
  if (!system)
    throw new ImportRefused(
      `HUB_CONFIG names no system "${args.systemId}"; there are ${config.systems.map(({ id }) => id).join(', ')}.`,
    )
  const mappingText = args.map === null ? '' : await readText(args.map)
  const mapping = args.map === null ? noMapping : readMapping(mappingText, type)
  const source = args.file === '-' ? await openStream(stdin) : await openFile(args.file)
  if (source.head.length === 0) throw new ImportRefused('The file is empty.')
  const encoding = args.encoding ?? source.encoding
  if (!encoding)
    throw new ImportRefused(
      'The file is neither UTF-8 nor GB18030 throughout: save it as UTF-8, or say with --encoding how to read it; rows that cannot be read are then rejected.',
    )
  const head = new TextDecoder(encoding).decode(source.head)
  const format = args.format ?? formatOf(args.file, head)
  if (args.file === '-') screen.line('Reading standard input; if it is stopped it begins anew.')
  const progress = importProgress(screen, kernel.clock)
  const began = performance.now()
  const summary = await importList({
    kernel,
    source,
    systemId: system.id,
    type,
    zone: system.timeZone ?? kernel.zone,
    areaCode: config.areaCode,
    mapping,
    mappingText,
    format,
    delimiter: args.delimiter ?? delimiterIn(head),
    encoding,
    rejectsPath: args.rejects ?? rejectsBeside(args.file, format),
    dry,
    signal,
    inWords: problems => allInWords(lang, type, problems),
    came: progress.came,
  }).finally(progress.stop)
  for (const line of summaryLines(summary, { lang, type, dry, seconds: (performance.now() - began) / 1000 }))
    screen.line(line)
  if (!summary.isWhole) return FAILED
  return summary.counts.rejected > 0 ? WITH_REJECTS : TAKEN
}

async function readText(path: string): Promise<string> {
  return readFile(path, 'utf8').catch(error => {
    throw new ImportRefused(`The mapping cannot be read: ${messageOf(error)}`)
  })
}

/** By its name, else by how it begins. */
function formatOf(file: string, head: string): Format {
  const name = basename(file).toLowerCase().replace(/\.gz$/, '')
  if (/\.(?:ndjson|jsonl)$/.test(name)) return 'ndjson'
  if (/\.(?:csv|tsv|txt)$/.test(name)) return 'csv'
  const start = head.trimStart()[0]
  if (start === '[') throw new ImportRefused('This is one JSON list: save one object a line (NDJSON), and import that.')
  return start === '{' ? 'ndjson' : 'csv'
}

/** `list.csv` → `list.rejects.csv`, beside it; of standard input in the folder one is in. */
const rejectsBeside = (file: string, format: Format): string =>
  file === '-'
    ? `import.rejects.${format}`
    : `${file.replace(/(?:\.gz)?$/, '').replace(/\.[^./\\]+(?:\.gz)?$/, '')}.rejects.${format}`
