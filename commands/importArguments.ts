import { parseArgs } from 'node:util'
import {
  type Delimiter,
  delimiters,
  type Encoding,
  encodingNamed,
  encodings,
  type Format,
  type ImportType,
  importTypes,
} from '../subgraphs/sync/index.js'

export const USAGE = `npm run import -- FILE --system ID --type ${importTypes.join('|')} [--dry-run]

  FILE            CSV (comma, semicolon or tab; names of columns in the first row) or NDJSON, also as .gz; "-" reads standard input
  --system ID     the system of HUB_CONFIG that the list is from
  --dry-run       reads and checks everything, and writes nothing
  --map FILE      a mapping (YAML) where names or words of the list are not understood; see docs/import.md
  --encoding E    ${encodings.join(', ')}; found out without it
  --format F      csv or ndjson; found out without it
  --delimiter D   one of , ; | or "tab"; found out without it
  --rejects FILE  where rejected rows go; beside the list without it`

export interface ImportArguments {
  file: string
  systemId: string
  type: ImportType
  dry: boolean
  map: string | null
  encoding: Encoding | null
  format: Format | null
  delimiter: Delimiter | null
  rejects: string | null
}

/** What was written behind `npm run import --`; null where help is asked for. Throws with everything that is wrong with it. */
export function importArguments(args: readonly string[]): ImportArguments | null {
  const { values, positionals } = parse(args)
  if (values.help) return null
  const problems: string[] = []
  const oneOf = <T extends string>(name: string, value: string | undefined, known: readonly T[]): T | null => {
    const found = known.find(one => one === value)
    if (value !== undefined && found === undefined) problems.push(`--${name} is one of ${known.join(', ')}.`)
    return found ?? null
  }
  const [file, ...others] = positionals
  if (file === undefined) problems.push('Name the file to import, or "-" for standard input.')
  if (others.length > 0) problems.push('One file is imported at a time.')
  if (!values.system) problems.push('Say with --system which system of HUB_CONFIG the list is from.')
  if (!values.type) problems.push(`Say with --type what it lists: ${importTypes.join(', ')}.`)
  const type = oneOf('type', values.type, importTypes)
  const format = oneOf('format', values.format, ['csv', 'ndjson'] as const)
  const delimiter = oneOf('delimiter', values.delimiter === 'tab' ? '\t' : values.delimiter, delimiters)
  const encoding = values.encoding === undefined ? null : (encodingNamed(values.encoding) ?? null)
  if (values.encoding !== undefined && encoding === null) problems.push(`--encoding is one of ${encodings.join(', ')}.`)
  if (problems.length > 0) throw new Error(`${problems.join('\n')}\n\n${USAGE}`)
  return {
    file: file!,
    systemId: values.system!,
    type: type!,
    dry: values['dry-run'] ?? false,
    map: values.map ?? null,
    encoding,
    format,
    delimiter,
    rejects: values.rejects ?? null,
  }
}

function parse(args: readonly string[]) {
  const text = { type: 'string' } as const
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        system: text,
        type: text,
        map: text,
        encoding: text,
        format: text,
        delimiter: text,
        rejects: text,
        'dry-run': { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    })
  } catch (error) {
    throw new Error(`${(error as Error).message}\n\n${USAGE}`)
  }
}
