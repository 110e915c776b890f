import { HubError, unavailable } from '../../../kernel/errors.js'
import { maskFreeText } from '../../../kernel/mask/index.js'

/**
 * What the client is told where a phone system did not do what it was asked. Connectors say why without a number; that none slips through all the
 * same, their words are masked, and anything that is not theirs is not repeated at all.
 */
export const notTaken = (error: unknown): HubError =>
  error instanceof HubError ? new HubError('UNAVAILABLE', maskFreeText(error.message)) : unavailable('The phone system')
