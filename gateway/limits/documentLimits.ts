import type { DocumentNode } from 'graphql'
import { badInput, type HubError } from '../../kernel/errors.js'
import { aliasesOf } from './aliases.js'
import { dangerousAlias } from './dangerousAlias.js'
import { depthOf } from './depth.js'
import { directivesOf } from './directives.js'
import { fieldsOf } from './fields.js'
import type { Limits } from './limits.js'
import { rootFieldsOf } from './rootFields.js'
import { widthOf } from './width.js'

/**
 * What is too much of a parsed document; null when it is fine. Asked before validation, whose time grows with the square of some of these.
 */
export function tooMuch(document: DocumentNode, limits: Limits): HubError | null {
  const alias = dangerousAlias(document)
  if (alias) return badInput('query', `The alias ${alias} is reserved: choose another.`)
  return (
    over('levels of fields', depthOf(document), limits.depth) ??
    over('fields at the root', rootFieldsOf(document), limits.rootFields) ??
    over('selections in one pair of braces', widthOf(document), limits.width) ??
    over('fields', fieldsOf(document), limits.fields) ??
    over('aliases', aliasesOf(document), limits.aliases) ??
    over('directives', directivesOf(document), limits.directives)
  )
}

const over = (what: string, has: number, limit: number): HubError | null =>
  has > limit ? badInput('query', `An operation may have ${limit} ${what} at most, this one has ${has}.`) : null
