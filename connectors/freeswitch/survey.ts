import type { Survey } from '../../kernel/ports/index.js'
import type { Surroundings } from '../common/surroundings.js'
import { agentExtension, queueName } from './party.js'
import { MOST_LINES, registeredIn, table } from './printed.js'
import type { EventSocketSettings, FreeSwitchSettings } from './settings.js'
import { visit } from './visit.js'

/** What FreeSWITCH prints to each question, and nothing that changes it. A module that is not loaded has nothing. */
export async function survey(
  settings: FreeSwitchSettings,
  eventSocket: EventSocketSettings,
  surroundings?: Surroundings,
): Promise<Survey> {
  return visit(
    eventSocket,
    async ({ ask }) => {
      const [version, sofia, users, registrations, queues, tiers] = await Promise.all(
        [
          'version',
          'sofia xmlstatus',
          'list_users',
          'show registrations as json',
          'callcenter_config queue list',
          'callcenter_config tier list',
        ].map(ask),
      )
      return {
        product: productIn(version!),
        trunks: trunksIn(sofia!),
        extensions: extensionsIn(users!, registrations!),
        queues: queuesIn(settings, queues!, tiers!),
      }
    },
    { surroundings },
  )
}

export const productIn = (version: string): string =>
  /^FreeSWITCH Version [\w.+~-]+/.exec(version)?.[0].replace('Version ', '') ?? 'FreeSWITCH'

/** Gateways first: they lead outside as a rule, profiles may. */
export function trunksIn(xml: string): string[] {
  const named = (kind: string) =>
    [...xml.matchAll(new RegExp(`<${kind}>\\s*<name>([^<]{1,100})</name>`, 'g'))].map(([, name]) => name!)
  // A profile with TLS is told once more; names of gateways may have that of their profile before them.
  return [...new Set([...named('gateway').map(name => name.replace(/^.*::/, '')), ...named('profile')])].slice(
    0,
    MOST_LINES,
  )
}

/** Those that the directory has, and those that have registered from wherever they are known. */
export function extensionsIn(users: string, registrations: string): Survey['extensions'] {
  const found = new Map<string, { number: string; name?: string }>()
  for (const { userid: number, effective_caller_id_name: name } of table(users))
    if (number && !found.has(number)) found.set(number, { number, ...(name && name !== number && { name }) })
  for (const number of registeredIn(registrations) ?? [])
    if (number && !found.has(number)) found.set(number, { number })
  return [...found.values()].slice(0, MOST_LINES).sort((a, b) => (a.number < b.number ? -1 : 1))
}

export function queuesIn(settings: FreeSwitchSettings, queues: string, tiers: string): Survey['queues'] {
  const members = new Map<string, Set<string>>()
  for (const { name } of table(queues)) if (name) members.set(name, new Set())
  for (const { queue, agent } of table(tiers))
    if (queue && agent) members.get(queue)?.add(agentExtension(settings, agent) ?? agent)
  return [...members].slice(0, MOST_LINES).map(([name, of]) => ({ name: queueName(name)!, members: [...of].sort() }))
}
