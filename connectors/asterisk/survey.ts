import type { Survey } from '../../kernel/ports/index.js'
import type { Surroundings } from '../common/surroundings.js'
import { type AmiEvent, header } from './amiEvent.js'
import { memberOf } from './channel.js'
import { type Manager, Refused, withManager } from './manager.js'
import type { AsteriskSettings } from './settings.js'

/** What there is in an Asterisk, as far as the account may ask: endpoints (PJSIP, else chan_sip), queues and who is in them. */
export function survey(settings: AsteriskSettings, surroundings?: Surroundings): Promise<Survey> {
  return withManager(
    settings,
    'off',
    async manager => {
      const core = await manager.ask('CoreSettings').catch(ifRefused<AmiEvent>({}))
      const version = header(core, 'AsteriskVersion')
      const queue = await manager.list('QueueStatus').catch(ifRefused<AmiEvent[]>([]))
      const endpoints = await endpointsOf(manager)
      const names = memberNames(settings, queue)
      const extensions = [...new Set([...endpoints.filter(name => isExtension(settings, name)), ...names.keys()])]
      return {
        product: version === undefined ? 'Asterisk' : `Asterisk ${version}`,
        trunks: [...new Set([...endpoints.filter(name => !isExtension(settings, name)), ...settings.trunks])].sort(),
        extensions: extensions.sort().map(number => ({ number, ...nameOf(names.get(number)) })),
        queues: queuesOf(settings, queue),
      }
    },
    surroundings,
  )
}

async function endpointsOf(manager: Manager): Promise<string[]> {
  const pjsip = await manager.list('PJSIPShowEndpoints').catch(ifRefused<AmiEvent[]>([]))
  const registered = await manager.list('PJSIPShowRegistrationsOutbound').catch(ifRefused<AmiEvent[]>([]))
  const sip = pjsip.length > 0 ? [] : await manager.list('SIPpeers').catch(ifRefused<AmiEvent[]>([]))
  return [
    ...pjsip.filter(one => header(one, 'Event') === 'EndpointList'),
    ...registered.filter(one => header(one, 'Event') === 'OutboundRegistrationDetail'),
    ...sip.filter(one => header(one, 'Event') === 'PeerEntry'),
  ].flatMap(one => header(one, 'Endpoint') ?? header(one, 'ObjectName') ?? [])
}

const isExtension = ({ extensionPattern, trunks }: AsteriskSettings, endpoint: string): boolean =>
  extensionPattern.test(endpoint) && !trunks.has(endpoint)

function queuesOf(settings: AsteriskSettings, status: readonly AmiEvent[]): Survey['queues'] {
  const queues = new Map<string, Set<string>>()
  for (const one of status) {
    const name = header(one, 'Queue')
    if (name === undefined) continue
    const members = queues.get(name) ?? new Set()
    queues.set(name, members)
    const member = header(one, 'Event') === 'QueueMember' ? memberOf(settings, one) : undefined
    if (member !== undefined) members.add(member)
  }
  return [...queues].map(([name, members]) => ({ name, members: [...members].sort() }))
}

/** What the queues call those who are in them. */
function memberNames(settings: AsteriskSettings, status: readonly AmiEvent[]): Map<string, string | undefined> {
  const members = status.filter(one => header(one, 'Event') === 'QueueMember')
  return new Map(
    members.flatMap(one => {
      const extension = memberOf(settings, one)
      const name = header(one, 'Name')
      // Without a name of its own a member is called after its interface.
      return extension === undefined ? [] : [[extension, name?.includes('/') ? undefined : name]]
    }),
  )
}

const nameOf = (name: string | undefined) => (name === undefined ? {} : { name })

/** What the account may not ask for, or what this Asterisk does not have, is left out. */
const ifRefused =
  <T>(instead: T) =>
  (error: unknown): T => {
    if (error instanceof Refused) return instead
    throw error
  }
