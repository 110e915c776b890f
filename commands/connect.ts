import { resolve } from 'node:path'
import { connectors } from '../hub/connectors.js'
import { messageOf } from '../kernel/errors.js'
import { connectSystem } from './connect/connectSystem.js'
import { saidIn } from './connect/said.js'
import { talkAt } from './connect/talk.js'

const EVENTS = 12
const MINUTES = 5

/** Connects a system with whoever runs it: asks, tries, says what it found, writes the configuration. */
async function main(): Promise<void> {
  const { words, said } = saidIn(process.argv.slice(2))
  const connectable = connectors.filter(({ questions }) => questions)
  const connector = connectable.find(({ name }) => name === words[0])
  if (!connector) {
    const names = connectable.map(({ name }) => name).join('|')
    throw new Error(`Say what to connect: npm run connect -- ${names}`)
  }
  const { HUB_CONFIG, HUB_ZONE } = process.env
  const most = Number(said.get('events') ?? EVENTS)
  if (!Number.isInteger(most) || most < 0) throw new Error('--events takes a whole number, such as 12, or 0 for none.')
  const stop = new AbortController()
  const enough = setTimeout(() => stop.abort(), MINUTES * 60_000)
  process.once('SIGINT', () => stop.abort())
  await connectSystem({
    connector,
    talk: talkAt(said, process.stdin.isTTY === true, console.log),
    configPath: resolve(said.get('config') ?? HUB_CONFIG ?? 'hub.yaml'),
    environment: process.env,
    zone: HUB_ZONE ?? 'Asia/Shanghai',
    events: { most, signal: stop.signal },
  })
  clearTimeout(enough)
}

main().catch(error => {
  // Somebody who leaves a question with Ctrl-C knows what they did.
  if ((error as Error).name !== 'ExitPromptError') console.error(messageOf(error))
  process.exit(1)
})
