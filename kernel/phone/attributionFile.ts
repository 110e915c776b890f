import { readFile, stat } from 'node:fs/promises'
import { parse } from 'csv-parse/sync'
import { messageOf } from '../errors.js'
import { isText } from '../text.js'
import { areaCodeOf } from './areaCodes.js'
import {
  type Attribution,
  type AttributionProvider,
  MOBILE_FROM,
  MOBILE_TO,
  offlineAttribution,
} from './attribution.js'
import type { Phone } from './phone.js'
import { placeName, provinceName } from './placeName.js'

/** All that is wrong with a table of the operator's, with the lines where. */
export class AttributionError extends Error {
  constructor(
    readonly file: string,
    readonly problems: readonly string[],
  ) {
    super(
      `The table ${file} (HUB_ATTRIBUTION) cannot be used:\n${problems.map(problem => `  - ${problem}`).join('\n')}`,
    )
    this.name = 'AttributionError'
  }
}

const MOST_BYTES = 256 * 2 ** 20
const MOST_PROBLEMS = 20
const LONGEST_NAME = 40

/**
 * Reads a table of prefixes that the operator supplies: CSV `prefix,province,city,carrier` in UTF-8 or GB18030. What it says counts more than the
 * table that comes with the hub, and of its rows the one with the longest prefix; what it leaves out is taken from there. Throws one
 * AttributionError for all that is wrong.
 */
export async function readAttributionFile(file: string): Promise<AttributionProvider> {
  const bytes = await read(file)
  const { table, problems } = parseAttribution(decode(bytes))
  if (!table) throw new AttributionError(file, problems)
  return table
}

async function read(file: string): Promise<Buffer> {
  try {
    const { size } = await stat(file)
    if (size > MOST_BYTES) throw new Error(`it has more than ${MOST_BYTES / 2 ** 20} MB`)
    return await readFile(file)
  } catch (error) {
    throw new AttributionError(file, [`It cannot be read (${messageOf(error)}): check the path and its rights.`])
  }
}

function decode(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('gb18030').decode(bytes)
  }
}

interface Parsed {
  /** null where there is anything wrong. */
  table: AttributionProvider | null
  problems: string[]
}

/** Reads the table from its text. Pure. */
export function parseAttribution(text: string): Parsed {
  const table = new Table()
  const problems: string[] = []
  let found = 0
  let line = 0
  for (let from = 0; from < text.length && problems.length < MOST_PROBLEMS; ) {
    const end = text.indexOf('\n', from)
    const row = text.slice(from, end < 0 ? text.length : end).trim()
    from = end < 0 ? text.length : end + 1
    line++
    if (row === '' || (found === 0 && isHeader(row))) continue
    found++
    const problem = addRow(table, row, line)
    if (problem !== null) problems.push(`line ${line}: ${problem}`)
  }
  if (problems.length === MOST_PROBLEMS) problems.push('and perhaps more: only the first are shown')
  if (found === 0) problems.push('It has no row: write one prefix a line, such as 1390755,广东,深圳,中国移动.')
  return { table: problems.length === 0 ? table : null, problems }
}

/** Whoever exports a table names its columns first, in whatever words. */
const isHeader = (row: string): boolean => !/\d/.test(row.split(',')[0]!)

function addRow(table: Table, row: string, line: number): string | null {
  const cells = cellsOf(row)
  if (cells === null) return 'a quotation mark is not closed: write prefix,province,city,carrier'
  if (cells.length > 4) return `it has ${cells.length} columns: write prefix,province,city,carrier`
  const [prefix = '', province = '', city = '', carrier = ''] = cells
  if (![province, city, carrier].every(isName)) return `names are up to ${LONGEST_NAME} characters of plain text`
  if (province === '' && carrier === '') return 'it says neither province nor carrier of its prefix'
  if (province === '' && city !== '') return 'it names a city and no province: write both'
  const place = MOBILE.test(prefix) ? mobile(prefix) : AREA.test(prefix) ? area(prefix) : null
  if (place === null)
    return 'its prefix must be 3 to 7 digits of a mobile number (1390755) or an area code with its 0 (0755)'
  const before = table.add(place, { province, city, carrier }, line)
  return before === null ? null : `it says of this prefix otherwise than line ${before}: keep one of them`
}

function cellsOf(row: string): string[] | null {
  if (!row.includes('"')) return row.split(',').map(cell => cell.trim())
  try {
    return (parse(row, { trim: true }) as string[][])[0] ?? []
  } catch {
    return null
  }
}

const isName = (text: string): boolean => text.length <= LONGEST_NAME && isText(text) && !/[\t\r\n]/.test(text)

const MOBILE = /^1[3-9]\d{1,5}$/
const AREA = /^0\d{2,3}$/

type Place = { digits: number; slot: number } | { code: string }

const mobile = (prefix: string): Place => ({ digits: prefix.length, slot: Number(prefix) })
const area = (prefix: string): Place | null =>
  areaCodeOf(prefix.slice(1)) === prefix.slice(1) ? { code: prefix } : null

interface Row {
  province: string
  city: string
  carrier: string
}

const SHORTEST = 3
const LONGEST = 7
const SLOTS = MOBILE_TO - MOBILE_FROM

/** Rows by what they say, and for each prefix the number of its row; 0 is none. A look-up is one step for each length of prefix. */
class Table implements AttributionProvider {
  readonly #rows: (Row & { shown: Attribution })[] = [{ province: '', city: '', carrier: '', shown: {} }]
  readonly #numbers = new Map<string, number>()
  readonly #mobiles = new Map<number, Uint32Array>()
  readonly #lines = new Map<number, Uint32Array>()
  readonly #areas = new Map<string, { row: number; line: number }>()

  /** The line that said otherwise of the same prefix; null where none did. */
  add(place: Place, row: Row, line: number): number | null {
    const number = this.#numberOf(row)
    if ('code' in place) {
      const known = this.#areas.get(place.code)
      if (known && known.row !== number) return known.line
      this.#areas.set(place.code, known ?? { row: number, line })
      return null
    }
    const { digits, slot } = place
    const at = slot - MOBILE_FROM / 10 ** (LONGEST - digits)
    const rows = this.#of(this.#mobiles, digits)
    const lines = this.#of(this.#lines, digits)
    if (rows[at] !== 0 && rows[at] !== number) return lines[at]!
    if (rows[at] === 0) {
      rows[at] = number
      lines[at] = line
    }
    return null
  }

  attributionOf(phone: Phone): Attribution {
    const { canonical, kind } = phone
    const base = offlineAttribution.attributionOf(phone)
    if (canonical === null) return base
    if (kind === 'MOBILE') return this.#ofMobile(Number(canonical.slice(0, LONGEST)), base)
    if (kind !== 'LANDLINE') return base
    const row = this.#areas.get(`0${areaCodeOf(canonical.slice(1)) ?? ''}`)?.row ?? 0
    return { ...(this.#rows[row]!.province === '' ? base : this.#rows[row]!.shown) }
  }

  /** Place and carrier each by the longest prefix that names it. */
  #ofMobile(prefix: number, base: Attribution): Attribution {
    let place: Attribution | undefined
    let carrier: string | undefined
    for (let digits = LONGEST; digits >= SHORTEST; digits--) {
      const rows = this.#mobiles.get(digits)
      if (!rows) continue
      const width = 10 ** (LONGEST - digits)
      const row = this.#rows[rows[Math.floor(prefix / width) - MOBILE_FROM / width] ?? 0]!
      if (row.province !== '') place ??= row.shown
      if (row.carrier !== '') carrier ??= row.carrier
    }
    if (place === undefined && carrier === undefined) return base
    const { carrier: issued, ...region } = base
    const by = carrier ?? issued
    return by === undefined ? { ...(place ?? region) } : { ...(place ?? region), carrier: by }
  }

  #numberOf({ province, city, carrier }: Row): number {
    const key = `${province},${city},${carrier}`
    const known = this.#numbers.get(key)
    if (known !== undefined) return known
    const row = { province: provinceName(province), city: placeName(city), carrier: CARRIERS[carrier] ?? carrier }
    this.#numbers.set(key, this.#rows.length)
    this.#rows.push({ ...row, shown: shownAs(row) })
    return this.#rows.length - 1
  }

  #of(map: Map<number, Uint32Array>, digits: number): Uint32Array {
    const known = map.get(digits)
    if (known) return known
    const made = new Uint32Array(SLOTS / 10 ** (LONGEST - digits))
    map.set(digits, made)
    return made
  }
}

const CARRIERS: Record<string, string> = { 移动: '中国移动', 联通: '中国联通', 电信: '中国电信', 广电: '中国广电' }

/** The municipalities are province and city at once. */
function shownAs({ province, city }: Row): Attribution {
  if (province === '') return {}
  if (city === '') return { province, region: province }
  return { province, city, region: city === province ? city : `${province} ${city}` }
}
