import 'reflect-metadata'
import { startHub } from '../hub.js'
import { systemClock } from '../kernel/clock.js'
import { messageOf } from '../kernel/errors.js'
import { createLog } from '../kernel/log/index.js'
import { readSettings } from './readSettings.js'
import { welcome } from './welcome.js'

/** Starts the hub, and stops it on Ctrl-C; a second Ctrl-C does not wait. */
async function main(): Promise<void> {
  const began = performance.now()
  const { env, config } = await readSettings()
  const log = createLog({ level: env.logLevel, clock: systemClock, pretty: process.stderr.isTTY })
  const ready = (part: string, ms: number) => console.log(`  ${part.padEnd(14)} ${String(ms).padStart(6)} ms`)
  const hub = await startHub({ env, config, clock: systemClock, log, ready })

  let stopping = false
  const stop = (signal: NodeJS.Signals) => {
    if (stopping) process.exit(1)
    stopping = true
    console.log(`\n${signal}: stopping. Once more to stop without waiting.`)
    hub.stop().then(
      () => process.exit(0),
      error => {
        console.error(`It did not stop cleanly: ${messageOf(error)}`)
        process.exit(1)
      },
    )
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)

  console.log(`\nReady in ${((performance.now() - began) / 1000).toFixed(1)} s.`)
  if (hub.url) console.log(welcome(hub.url, config, env.production))
}

main().catch(error => {
  console.error(`The hub did not start.\n${messageOf(error)}`)
  process.exit(1)
})
