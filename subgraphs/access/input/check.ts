import { badInput } from '../../../kernel/errors.js'

const ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/
const EXTENSION = /^[0-9A-Za-z*#+-]{1,32}$/
const LONGEST_NAME = 100

/** Ids of people and teams stand in addresses, logs and other systems: plain letters and digits only. */
export function checkId(field: string, id: string): string {
  if (!ID.test(id)) throw badInput(field, 'An id has up to 64 letters, digits, dots, dashes and underscores.')
  return id
}

export function checkName(field: string, name: string): string {
  const trimmed = name.trim()
  if (trimmed === '' || trimmed.length > LONGEST_NAME) throw badInput(field, 'A name has 1 to 100 characters.')
  return trimmed
}

export function checkExtension(field: string, extension: string): string {
  if (!EXTENSION.test(extension)) throw badInput(field, 'An extension has up to 32 digits and letters.')
  return extension
}

/** A reason that somebody will read later. */
export function checkReason(field: string, reason: string): string {
  const trimmed = reason.trim()
  if (trimmed === '' || trimmed.length > 500) throw badInput(field, 'Give a reason of 1 to 500 characters.')
  return trimmed
}
