import type { GraphQLFormattedError } from 'graphql'
import type { HubError } from '../../kernel/errors.js'

/** An operation that is not executed; `errors` are fit for the client. */
export class Refused extends Error {
  constructor(readonly errors: readonly GraphQLFormattedError[]) {
    super(errors[0]?.message)
  }

  static because({ message, extensions }: HubError): Refused {
    return new Refused([{ message, extensions: { ...extensions } }])
  }
}
