import type { Config } from '../kernel/config/index.js'
import { type Env, isLoopback } from '../kernel/env/index.js'
import type { Log } from '../kernel/log/index.js'
import { Door } from '../sandbox/http/serve.js'

/** What the PBX of the sandbox is called in the configuration. */
export const sandboxPbx = 'sandbox-pbx'

export interface HeldPbx {
  door: Door
  /** The configuration with the address at which the PBX of this very process answers. */
  config: Config
}

/**
 * Holds the port on which the sandbox's PBX will answer, before anybody asks where it is: that of its address in the configuration, where other
 * processes of this hub look for it, or any free one where somebody else has it, such as another hub on this machine.
 */
export async function holdSandboxPbx(config: Config, { port }: Pick<Env, 'port'>, log: Log): Promise<HeldPbx> {
  const wanted = portOf(config.systems.find(({ id }) => id === sandboxPbx)?.address)
  // A hub that takes any port for itself takes any for its sandbox.
  const door = await Door.open(port === 0 ? 0 : wanted).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EADDRINUSE' && error.code !== 'EACCES') throw error
    log.warn({ part: 'sandbox', port: wanted }, 'The port of the sandbox PBX is taken; it answers on another one')
    return Door.open(0)
  })
  const systems = config.systems.map(system => (system.id === sandboxPbx ? { ...system, address: door.url } : system))
  return { door, config: { ...config, systems } }
}

/** Any, where the address names none of this machine. */
function portOf(address: string | null | undefined): number {
  const url = address ? URL.parse(address) : null
  return url?.protocol === 'http:' && isLoopback(url.hostname) ? Number(url.port) : 0
}
