import { HubError } from '../../kernel/errors.js'

/** Why records cannot be read. People are shown it: it holds no secret, and no part of a record. */
export const cannotRead = (message: string): HubError => new HubError('UNAVAILABLE', message)
