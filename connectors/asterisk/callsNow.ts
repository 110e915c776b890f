import type { Surroundings } from '../common/surroundings.js'
import { header } from './amiEvent.js'
import { withManager } from './manager.js'
import type { AsteriskSettings } from './settings.js'

/** The calls that go on at this moment. Rejects where the list did not come whole: what is not in it would be taken for over. */
export function callsNow(settings: AsteriskSettings, surroundings?: Surroundings): Promise<ReadonlySet<string>> {
  return withManager(
    settings,
    'off',
    async manager => {
      const channels = await manager.list('CoreShowChannels')
      return new Set(channels.flatMap(channel => header(channel, 'Linkedid') ?? []))
    },
    surroundings,
  )
}
