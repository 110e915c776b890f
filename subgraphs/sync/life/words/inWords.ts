import type { Telling } from '../line.js'
import { inChinese } from './inChinese.js'
import { inEnglish } from './inEnglish.js'
import type { Names } from './names.js'

/** A line of a record's life as a sentence or two, in Chinese or else in English. */
export const inWords = (lang: string, telling: Telling, names: Names): string =>
  lang.toLowerCase().startsWith('zh') ? inChinese(telling, names) : inEnglish(telling, names)
