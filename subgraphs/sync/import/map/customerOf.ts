import { isText } from '../../../../kernel/text.js'
import { type CustomerRecord, type CustomerStage, cleanName } from '../../../crm/index.js'
import type { Cells } from './cells.js'
import { readEmail } from './email.js'
import { because, type Mapped, rejected, type Surroundings } from './mapped.js'
import { phonesIn } from './phones.js'
import { words } from './words.js'

const LONGEST = { id: 200, name: 200, text: 200, label: 100, address: 500, note: 5000, tag: 50, owner: 200 } as const
const MOST_TAGS = 50
const MOST_PHONES = 20

/** A customer in a row of a list. It needs an id or a number, and a name or a number. */
export function customerOf(cells: Cells, surroundings: Surroundings): Mapped<CustomerRecord> {
  const externalId = cells.text('id', LONGEST.id)
  if (externalId === null && cells.problems.length > 0) return rejected(...cells.problems)
  const name = nameIn(cells)
  const phones = phonesIn(cells, ['phone', 'otherPhones'], surroundings).slice(0, MOST_PHONES)
  if (externalId === null && phones.length === 0)
    return rejected(...(cells.problems.length > 0 ? cells.problems : [because('id', 'MISSING')]))
  if (name === null && phones.length === 0) return rejected(...cells.problems, because('name', 'MISSING'))
  const stageLabel = cells.text('stage', LONGEST.label)
  const record: CustomerRecord = {
    externalId,
    name,
    phones,
    email: emailIn(cells),
    address: cells.text('address', LONGEST.address),
    company: cells.text('company', LONGEST.text),
    stage: (cells.word('stage', words.customerStage) ?? null) as CustomerStage | null,
    stageLabel,
    source: cells.text('source', LONGEST.label),
    tags: tagsIn(cells),
    doNotCall: mustNotCall(cells),
    owner: cells.text('owner', LONGEST.owner),
    note: cells.text('note', LONGEST.note),
    internalNote: cells.text('internalNote', LONGEST.note),
    createdAt: cells.time('createdAt'),
    updatedAt: cells.time('updatedAt'),
  }
  return { record, problems: cells.problems }
}

function nameIn(cells: Cells): string | null {
  const name = cells.text('name', LONGEST.name)
  if (name === null || cleanName(name) !== null) return name
  return cells.leave('name', 'NO_NAME')
}

function emailIn(cells: Cells): string | null {
  const [text] = cells.all('email')
  if (text === undefined) return null
  const email = readEmail(text)
  return email !== undefined && isText(email) ? email : cells.leave('email', 'NO_EMAIL')
}

function tagsIn(cells: Cells): string[] {
  const tags = cells.all('tags').flatMap(text => text.split(/[,，;；、|]+/).map(tag => tag.trim()))
  const fit = [...new Set(tags)].filter(tag => tag !== '' && tag.length <= LONGEST.tag && isText(tag))
  if (fit.length < new Set(tags.filter(tag => tag !== '')).size || fit.length > MOST_TAGS)
    cells.leave('tags', 'TOO_LONG')
  return fit.slice(0, MOST_TAGS)
}

/** A word that nobody knows counts as a wish not to be called: to call against it would be worse. */
function mustNotCall(cells: Cells): boolean {
  const answer = cells.word('doNotCall', words.answer)
  if (answer === undefined) cells.leave('doNotCall', 'UNKNOWN_WORD')
  return answer !== 'NO' && answer !== null
}
