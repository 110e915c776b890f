import type { LoadProblem, LoadReason } from '../../../../kernel/ports/index.js'
import { isText } from '../../../../kernel/text.js'
import type { Columns } from './columns.js'
import { type DurationUnit, readDuration } from './duration.js'
import type { Mapping } from './mapping.js'
import { plainName } from './plainName.js'
import { readTime } from './time.js'

/** What people and programs write where there is nothing. */
const BLANK =
  /^(?:|-+|—+|\/|null|none|nil|nan|undefined|\\n|n\/a|#n\/a|无|没有|暂无|空|0000[-/]00[-/]00(?:[ T]00:00(?::00)?(?:\.0+)?)?)$/i
/** What a decoder puts for bytes that are no character. */
const BROKEN = '\ufffd'

/** The values of one row by field, read one after the other; what cannot be read is noted and left out. */
export class Cells {
  readonly problems: LoadProblem[] = []

  constructor(
    private readonly values: readonly string[],
    private readonly columns: Columns,
    private readonly mapping: Mapping,
    private readonly zone: string,
  ) {}

  /** Everything that the columns of a field say. */
  all(field: string): string[] {
    const texts: string[] = []
    for (const place of this.columns.places.get(field) ?? []) {
      const text = this.values[place]?.trim() ?? ''
      if (!BLANK.test(text)) texts.push(text)
    }
    const fixed = texts.length === 0 ? this.mapping.fixed.get(field) : undefined
    return fixed === undefined ? texts : [fixed]
  }

  /** A text as it was written, where there is one that can be stored. */
  text(field: string, longest: number): string | null {
    const [text] = this.all(field)
    if (text === undefined) return null
    if (!isText(text) || text.includes(BROKEN)) return this.leave(field, 'UNREADABLE')
    return text.length > longest ? this.leave(field, 'TOO_LONG') : text
  }

  time(field: string): Date | null {
    const [text] = this.all(field)
    if (text === undefined) return null
    return readTime(text, { zone: this.zone, format: this.mapping.format }) ?? this.leave(field, 'NO_TIME')
  }

  seconds(field: string): number | null {
    const [text] = this.all(field)
    if (text === undefined) return null
    return readDuration(text, this.#unit(field)) ?? this.leave(field, 'NO_DURATION')
  }

  /** A time, or how long it lasted. */
  timeOrSeconds(field: string): Date | number | null {
    const [text] = this.all(field)
    if (text === undefined) return null
    const seconds = readDuration(text, this.#unit(field))
    // Ten digits in a row are seconds since 1970 and no ringing of centuries.
    if (seconds !== undefined && seconds < 1e9) return seconds
    return readTime(text, { zone: this.zone, format: this.mapping.format }) ?? this.leave(field, 'NO_TIME')
  }

  /** What a word means; undefined for one that nobody knows, null where there is none. */
  word<T extends string>(field: string, known: ReadonlyMap<string, T>): T | null | undefined {
    const [text] = this.all(field)
    if (text === undefined) return null
    const plain = plainName(text)
    const own = this.mapping.words.get(field)?.get(plain)
    return known.get(own === undefined ? plain : plainName(own))
  }

  /** Notes that a field is left out. */
  leave(field: string, reason: LoadReason): null {
    this.problems.push({ field, reason })
    return null
  }

  #unit(field: string): DurationUnit | undefined {
    return this.columns.units.get(field) ?? this.mapping.unit
  }
}
