import { type Channel, parseChannels } from './channels.js'
import { isCallId } from './originate.js'
import type { Visitor } from './visit.js'

/** What names the leg with which the call began, in the order in which events are read. */
const ORIGIN = ['cc_member_session_uuid', 'originator']

/**
 * The channels that are up, each with the call it is of. A leg that FreeSWITCH called says whose call it is only by its own variables, once
 * the leg that had it called has left. Throws where the list is not whole: what is not in it would seem to be over.
 */
export async function channelsNow(ask: Visitor['ask']): Promise<Channel[]> {
  const channels = parseChannels(await ask('show channels as json'))
  if (!channels) throw new Error('FreeSWITCH did not list its channels to the end.')
  return Promise.all(
    channels.map(async channel =>
      channel.outbound && channel.uuid === channel.call ? { ...channel, call: await originOf(ask, channel) } : channel,
    ),
  )
}

async function originOf(ask: Visitor['ask'], { uuid }: Channel): Promise<string> {
  if (!isCallId(uuid)) return uuid
  for (const name of ORIGIN) {
    const value = (await ask(`uuid_getvar ${uuid} ${name}`)).trim()
    // `_undef_`, or -ERR for a channel that has ended meanwhile.
    if (isCallId(value) && value !== '_undef_') return value
  }
  return uuid
}
