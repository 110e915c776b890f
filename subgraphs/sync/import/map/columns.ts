import type { DurationUnit } from './duration.js'
import { fieldNamed, fieldsOf, type ImportType } from './fields.js'
import type { Mapping } from './mapping.js'
import { plainName } from './plainName.js'

/** Which columns hold which field, by their place. */
export interface Columns {
  places: ReadonlyMap<string, readonly number[]>
  /** Columns that nobody knows; they are named, and never guessed. */
  unknown: readonly string[]
  /** Units that names of columns give in brackets: `通话时长(毫秒)`. */
  units: ReadonlyMap<string, DurationUnit>
}

/** Columns that the hub itself wrote in front of rejected rows. */
export const REJECT_COLUMNS = ['import_row', 'import_error'] as const

export function columnsOf(type: ImportType, names: readonly string[], { columns }: Mapping): Columns {
  const places = new Map<string, number[]>()
  const units = new Map<string, DurationUnit>()
  const unknown: string[] = []
  for (const [place, name] of names.entries()) {
    const plain = plainName(name)
    const field = columns.has(plain) ? columns.get(plain)! : fieldNamed(type, name)
    if (field === null || (REJECT_COLUMNS as readonly string[]).includes(name)) continue
    if (field === undefined) unknown.push(name)
    else {
      places.set(field, [...(places.get(field) ?? []), place])
      const unit = unitIn(name)
      if (unit) units.set(field, unit)
    }
  }
  return { places, unknown, units }
}

function unitIn(name: string): DurationUnit | undefined {
  const said = /[（(【[]([^）)】\]]+)/.exec(name)?.[1]?.trim().toLowerCase()
  if (said === '毫秒' || said === 'ms' || said === 'milliseconds') return 'milliseconds'
  if (said === '分' || said === '分钟' || said === 'min' || said === 'minutes') return 'minutes'
  return said === '秒' || said === 's' || said === 'seconds' ? 'seconds' : undefined
}

/** Fields that have a column, or the same value in every row. */
export const presentFields = (type: ImportType, { places }: Columns, { fixed }: Mapping): Set<string> =>
  new Set(fieldsOf(type).filter(field => places.has(field) || fixed.has(field)))
