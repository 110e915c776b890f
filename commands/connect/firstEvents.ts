import type { Connector, SystemSettings } from '../../kernel/ports/index.js'
import { inWords } from './inWords.js'
import type { Talk } from './talk.js'

/** Listens for a while and shows what comes, masked. Nothing is stored. Returns how many events there were. */
export async function showFirstEvents(
  connector: Connector,
  system: SystemSettings,
  talk: Talk,
  signal: AbortSignal,
  most: number,
): Promise<number> {
  let shown = 0
  let enough = () => {}
  const over = new Promise<void>(resolve => {
    enough = resolve
    signal.addEventListener('abort', () => resolve(), { once: true })
    if (signal.aborted) resolve()
  })
  const listener = connector.listen?.(system, {
    store: async deliveries => {
      for (const fact of deliveries.flatMap(({ payload }) => connector.normalise(system, payload))) {
        if (shown >= most) return
        talk.say(`  ${inWords(fact, system.timeZone)}`)
        if (++shown === most) enough()
      }
    },
    complete: () => undefined,
    openCalls: async () => [],
    state: (state, reason) => talk.say(state === 'UP' ? '  listening …' : `  the connection is down: ${reason}`),
  })
  if (!listener) return 0
  await over
  await listener.stop()
  return shown
}
