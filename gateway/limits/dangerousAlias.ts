import { type DocumentNode, visit } from 'graphql'

/**
 * An alias that means something to JavaScript objects (`__proto__`, `constructor`), which libraries on the way might set; null when there is
 * none. Names with two leading underscores belong to GraphQL itself.
 */
export function dangerousAlias(document: DocumentNode): string | null {
  let found: string | null = null
  visit(document, {
    Field: ({ alias }) => {
      if (alias && (alias.value.startsWith('__') || alias.value in Object.prototype)) found = alias.value
    },
  })
  return found
}
