import { parse } from 'yaml'
import { z } from 'zod'
import { isZone } from '../../../../kernel/env/isZone.js'
import { messageOf } from '../../../../kernel/errors.js'
import { ImportRefused } from '../read/importRefused.js'
import type { DurationUnit } from './duration.js'
import { fieldsOf, type ImportType } from './fields.js'
import { plainName } from './plainName.js'
import { type TimeFormat, timeFormat } from './time.js'

/** How a file is to be read where its names and words do not say it by themselves. */
export interface Mapping {
  /** Field by plain name of the column; null: the column is left out. */
  columns: ReadonlyMap<string, string | null>
  /** What words mean, by field and plain word. */
  words: ReadonlyMap<string, ReadonlyMap<string, string>>
  /** What every row says, without a column. */
  fixed: ReadonlyMap<string, string>
  zone?: string
  format?: TimeFormat
  unit?: DurationUnit
  /** ISO 4217, for sums that name none. */
  currency?: string
}

export const noMapping: Mapping = { columns: new Map(), words: new Map(), fixed: new Map() }

const text = z.union([z.string(), z.number(), z.boolean()]).transform(String)

const shape = z.strictObject({
  columns: z.record(z.string(), z.string().nullable()).default({}),
  words: z.record(z.string(), z.record(z.string(), text)).default({}),
  fixed: z.record(z.string(), text).default({}),
  timeZone: z.string().refine(isZone, 'must be a time zone such as Asia/Shanghai').optional(),
  dateFormat: z
    .string()
    .refine(
      form => timeFormat(form) !== undefined,
      'must be made of YYYY, MM, DD, HH, mm, ss, such as DD/MM/YYYY HH:mm',
    )
    .optional(),
  unit: z.enum(['seconds', 'milliseconds', 'minutes']).optional(),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, 'must be three capital letters, such as CNY')
    .optional(),
})

/** Reads a mapping as YAML. Throws one error that names everything wrong with it. */
export function readMapping(source: string, type: ImportType): Mapping {
  const { columns, words, fixed, timeZone, dateFormat, unit, currency } = check(source)
  const fields = fieldsOf(type)
  const named = [
    ...Object.values(columns).filter(field => field !== null),
    ...Object.keys(words),
    ...Object.keys(fixed),
  ]
  const strange = [...new Set(named.filter(field => !fields.includes(field)))]
  if (strange.length > 0)
    throw new ImportRefused(`The mapping names ${strange.join(', ')}; ${type} have the fields ${fields.join(', ')}.`)
  const plainKeys = <T>(entries: Record<string, T>) =>
    new Map(Object.entries(entries).map(([key, value]) => [plainName(key), value]))
  return {
    columns: plainKeys(columns),
    words: new Map(Object.entries(words).map(([field, meanings]) => [field, plainKeys(meanings)])),
    fixed: new Map(Object.entries(fixed)),
    zone: timeZone,
    format: dateFormat === undefined ? undefined : timeFormat(dateFormat),
    unit,
    currency,
  }
}

function check(source: string): z.output<typeof shape> {
  let given: unknown
  try {
    given = parse(source) ?? {}
  } catch (error) {
    throw new ImportRefused(`The mapping is no YAML: ${messageOf(error)}`)
  }
  const checked = shape.safeParse(given)
  if (checked.success) return checked.data
  const problems = checked.error.issues.map(({ path, message }) => `${path.join('.') || 'the whole'}: ${message}`)
  throw new ImportRefused(`The mapping cannot be used:\n- ${problems.join('\n- ')}`)
}
