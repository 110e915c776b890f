import { type AmiEvent, header } from './amiEvent.js'
import type { AsteriskSettings } from './settings.js'

/** Whose channel it is: an outside line, a person's phone, or neither of the two. */
export interface ChannelParty {
  /** Name of the trunk. */
  line?: string
  extension?: string
}

/** Channels that are wires within Asterisk; behind them is nobody's phone. */
const INNER = new Set(['Local', 'Announcer', 'CBAnn', 'CBRec', 'Recorder', 'Surrogate', 'Message', 'Bridge'])

/** Who is behind a channel such as `PJSIP/trunk-1-0000000b` (its endpoint lies between slash and last dash); null: nobody. */
export function partyOf(
  { trunks, extensionPattern }: AsteriskSettings,
  channel: string | undefined,
  context: string | undefined,
): ChannelParty | null {
  const [, technology, endpoint] = /^(\w+)\/(.+)-[0-9a-f]+(?:;[12])?$/.exec(channel ?? '') ?? []
  if (technology === undefined || endpoint === undefined || INNER.has(technology)) return null
  if (trunks.has(endpoint)) return { line: endpoint }
  if (extensionPattern.test(endpoint)) return { extension: endpoint }
  return context !== undefined && trunks.has(context) ? { line: endpoint } : {}
}

/** Who is behind the first of these channels (`PJSIP/1001-0000000e,Recorder/ARI-00000005;2`) that is a person's phone. */
export function partyOfPeers(settings: AsteriskSettings, channels: string): ChannelParty | undefined {
  return (
    channels
      .split(',')
      .map(channel => partyOf(settings, channel, undefined))
      .find(party => party?.extension !== undefined) ?? undefined
  )
}

/** The extension of a queue's member: 1001 for `PJSIP/1001`, `Local/1001@agents/n`. */
export function memberExtension(
  { extensionPattern }: AsteriskSettings,
  member: string | undefined,
): string | undefined {
  const endpoint = /^\w+\/([^@/]+)/.exec(member ?? '')?.[1]
  return endpoint !== undefined && extensionPattern.test(endpoint) ? endpoint : undefined
}

/** The extension of the queue's member that an event is about: by what the queue calls, else by what it watches. */
export const memberOf = (settings: AsteriskSettings, event: AmiEvent): string | undefined =>
  memberExtension(settings, header(event, 'Location') ?? header(event, 'Interface')) ??
  memberExtension(settings, header(event, 'StateInterface'))
