import type { Kernel } from '../../../../kernel/context/index.js'
import { blindIndex } from '../../../../kernel/encryption/index.js'
import type { LoadProblem } from '../../../../kernel/ports/index.js'
import type { ImportType } from '../map/fields.js'
import type { Surroundings } from '../map/mapped.js'
import type { Mapping } from '../map/mapping.js'
import type { Delimiter } from '../read/csvRows.js'
import type { Encoding } from '../read/encoding.js'
import type { Format } from '../read/row.js'
import type { Source } from '../read/source.js'
import { checkList } from './checkList.js'
import type { Counts } from './counts.js'
import { Table } from './table.js'
import { targets } from './targets.js'
import { writeList } from './writeList.js'

export interface ImportSettings {
  kernel: Kernel
  source: Source
  systemId: string
  type: ImportType
  /** Zone of times that name none. */
  zone: string
  areaCode: string | null
  mapping: Mapping
  /** The mapping as it was written, by which the same work is known again. */
  mappingText: string
  format: Format
  delimiter: Delimiter
  encoding: Encoding
  rejectsPath: string
  /** Reads and checks everything, and writes nothing. */
  dry: boolean
  /** Stops after the batch under way. */
  signal?: AbortSignal
  inWords(problems: readonly LoadProblem[]): string
  /** Told after each batch how far it has come (0 to 1; null where nobody can tell). */
  came?(counts: Counts, share: number | null): void
}

export interface ImportSummary {
  counts: Counts
  unknownColumns: readonly string[]
  /** null: no row was rejected, or nothing was written. */
  rejectsPath: string | null
  /** The row after which it went on; null where it began at the first. */
  wentOnAfter: number | null
  isWhole: boolean
}

/** Loads a list into the hub, or only checks it. */
export async function importList(settings: ImportSettings): Promise<ImportSummary> {
  const { kernel, type, mapping, areaCode } = settings
  const surroundings: Surroundings = {
    ...(areaCode === null ? {} : { areaCode }),
    currency: mapping.currency ?? 'CNY',
    digest: text => blindIndex(kernel.keys, 'call', text),
  }
  const zone = mapping.zone ?? settings.zone
  const table = new Table({ ...settings, zone, target: targets[type], surroundings })
  await table.begin()
  const ended = await (settings.dry ? checkList(settings, table) : writeList(settings, table))
  return { ...ended, unknownColumns: [...table.unknown] }
}

export type Ended = Omit<ImportSummary, 'unknownColumns'>
