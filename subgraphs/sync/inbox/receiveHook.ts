import { HubError } from '../../../kernel/errors.js'
import type { HookRequest } from '../../../kernel/ports/index.js'
import type { ConnectedSystems } from '../system/connectedSystem.js'
import type { Inbox } from './inbox.js'

export interface HookAnswer {
  status: number
  body: Record<string, unknown>
}

const STATUS: Partial<Record<string, number>> = {
  UNAUTHENTICATED: 401,
  NOT_FOUND: 404,
  BAD_USER_INPUT: 400,
  UNAVAILABLE: 503,
}

/**
 * Verifies a webhook, stores it, and only then acknowledges it: 202, with `duplicate` when all of it had been seen before. Under pressure
 * 503, on which senders try again.
 */
export async function receiveHook(
  systems: ConnectedSystems,
  inbox: Inbox,
  systemId: string,
  request: HookRequest,
): Promise<HookAnswer> {
  const system = systems.get(systemId)
  if (!system?.connector.receive)
    return { status: 404, body: { error: 'There is no such system, or it sends no webhooks.' } }
  try {
    const deliveries = system.connector.receive(system.settings, request)
    const { stored, duplicates } = await inbox.store(systemId, deliveries, request.receivedAt)
    return { status: 202, body: { stored, ...(stored === 0 && duplicates > 0 ? { duplicate: true } : {}) } }
  } catch (error) {
    const status = error instanceof HubError ? STATUS[error.code] : undefined
    if (status === undefined) throw error
    return { status, body: { error: (error as HubError).message } }
  }
}
