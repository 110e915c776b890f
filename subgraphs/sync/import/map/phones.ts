import { maskedWriting } from '../../../../kernel/mask/index.js'
import { normalisePhone } from '../../../../kernel/phone/index.js'
import type { Cells } from './cells.js'
import type { Surroundings } from './mapped.js'

/** Several numbers in one cell. A dash, a dot and a space may stand within a number. */
const BETWEEN = /[,，;；、/|\n]+/

/** Longer than any writing of a number. */
const LONGEST = 100

/** The numbers that fields say, in their order, each as it was written; what is neither a number nor a masked one is left out. */
export function phonesIn(cells: Cells, fields: readonly string[], { areaCode }: Surroundings): string[] {
  const phones: string[] = []
  for (const field of fields) {
    const texts = cells.all(field).flatMap(text => (isNumber(text, areaCode) ? [text] : text.split(BETWEEN)))
    for (const text of texts.map(one => one.trim()).filter(one => one !== '')) {
      const found = numberIn(text, areaCode)
      if (found === undefined) cells.leave(field, 'NO_NUMBER')
      else phones.push(found)
    }
  }
  return phones
}

/** As it was written, or with the area code it needs to be a number elsewhere too; a masked number as the hub masks. */
export function numberIn(text: string, areaCode: string | undefined): string | undefined {
  if (text.length > LONGEST) return undefined
  if (normalisePhone(text).canonical !== null) return text
  return (areaCode && normalisePhone(text, { areaCode }).canonical) || maskedWriting(text)
}

const isNumber = (text: string, areaCode: string | undefined): boolean => numberIn(text, areaCode) !== undefined
