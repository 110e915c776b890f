import { badInput, unreadableText } from '../../../kernel/errors.js'
import { isPlainJson, isText } from '../../../kernel/text.js'
import { cleanName } from './cleanName.js'

const LONGEST = {
  name: 200,
  phone: 100,
  addPhone: 100,
  company: 200,
  stageLabel: 100,
  source: 100,
  email: 320,
  address: 500,
  internalNote: 5000,
  reason: 500,
} as const
/** Of the custom fields together, as JSON. */
const LONGEST_EXTRA = 20_000
const MOST_TAGS = 50
const LONGEST_TAG = 50
/** Enough to catch what was mistyped: one at sign, something before it, a domain with a dot behind it. */
const EMAIL = /^[^\s@]{1,64}@[^\s@.]+(?:\.[^\s@.]+)+$/

type Texts = Partial<Record<keyof typeof LONGEST, string | null>>

/** Throws BAD_USER_INPUT, naming the field, for a value no customer can have. */
export function checkCustomer(input: Texts & { tags?: readonly string[] | null; extra?: unknown }): void {
  for (const [field, most] of Object.entries(LONGEST)) {
    const text = input[field as keyof Texts]
    if (text && text.length > most) throw badInput(`input.${field}`, `This has ${most} characters at most.`)
    if (text && !isText(text)) throw unreadableText(`input.${field}`)
  }
  if (input.name != null && cleanName(input.name) === null)
    throw badInput('input.name', 'There is no name in it: give the real name.')
  if (input.email && !EMAIL.test(input.email)) throw badInput('input.email', 'This is no e-mail address.')
  if (input.extra != null) checkExtra(input.extra)
  const tags = input.tags ?? []
  if (tags.length > MOST_TAGS || tags.some(tag => tag.length === 0 || tag.length > LONGEST_TAG || !isText(tag))) {
    throw badInput(
      'input.tags',
      `There are ${MOST_TAGS} tags at most, each of 1 to ${LONGEST_TAG} readable characters.`,
    )
  }
}

/** Throws BAD_USER_INPUT for what custom fields cannot be, given or as they stand after a change. */
export function checkExtra(extra: unknown): void {
  if (typeof extra !== 'object' || Array.isArray(extra))
    throw badInput('input.extra', 'Custom fields are an object: {"key": value}.')
  if (!isPlainJson(extra))
    throw badInput('input.extra', 'Custom fields hold readable texts, and nest ten levels deep at most.')
  if (JSON.stringify(extra).length > LONGEST_EXTRA)
    throw badInput('input.extra', `Custom fields have ${LONGEST_EXTRA} characters at most.`)
}
