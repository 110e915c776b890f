import type { FreeSwitchSettings } from './settings.js'

/** Whose end of a call it is: an outside line, a person's phone, or neither of the two. */
export interface Party {
  /** Name of the gateway, else of the profile. */
  line?: string
  extension?: string
}

/** Channels that are wires within FreeSWITCH; behind them is nobody's phone. */
const INNER = new Set(['loopback', 'null', 'error', 'conference'])

/**
 * Who is behind a channel such as `sofia/internal/1001@10.0.0.5` (profile and user); null: nobody. A gateway or profile that the settings
 * name as a trunk is outside, whatever number is behind it; without that a number that is no extension is, and one that is known to be (`outside`).
 */
export function partyOf(
  { trunks, extensionPattern }: FreeSwitchSettings,
  channel: string | undefined,
  gateway?: string,
  outside = false,
): Party | null {
  const [, technology, profile, user] = /^([\w.-]+)\/(?:([^/@]+)\/)?(?:sip:)?([^/@]+)/.exec(channel ?? '') ?? []
  if (technology === undefined || user === undefined || INNER.has(technology)) return null
  if (gateway !== undefined && trunks.has(gateway)) return { line: gateway }
  if (profile !== undefined && trunks.has(profile)) return { line: gateway ?? profile }
  if (!outside && extensionPattern.test(user)) return { extension: user }
  const line = gateway ?? profile
  return line === undefined ? {} : { line }
}

/** The number at the other end of `sofia/external/13812345678@carrier`; undefined where it is a name. */
export function numberIn(channel: string | undefined): string | undefined {
  return /\/(?:sip:)?(\+?[\d*#]+)(?:@[^/]*)?$/.exec(channel ?? '')?.[1]
}

/** The extension of a queue's agent: 1001 for `1001@default`. */
export function agentExtension(
  { extensionPattern }: FreeSwitchSettings,
  agent: string | undefined,
): string | undefined {
  const name = agent?.split('@')[0]
  return name !== undefined && extensionPattern.test(name) ? name : undefined
}

/** A queue as people call it: FreeSWITCH adds the name of its default domain. */
export const queueName = (queue: string | undefined): string | undefined => queue?.replace(/@default$/, '')
