import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { connect } from 'node:net'
import { afterAll, describe, expect, it } from 'vitest'
import { WakeByNats } from '../../hub/wakeByNats.js'
import { TestClock } from '../../kernel/clock.js'
import { createLog } from '../../kernel/log/index.js'
import { freePort } from '../ground/program/freePort.js'

/** A real server, of the machine's packages: `.ci/run` installs it; elsewhere this part is skipped. */
const missing = spawnSync('nats-server', ['--version']).status !== 0

const lines: string[] = []
const log = createLog({ level: 'debug', clock: new TestClock(), write: line => void lines.push(line) })
let server: ChildProcess | undefined

async function startServer(port: number): Promise<void> {
  server = spawn('nats-server', ['-a', '127.0.0.1', '-p', String(port), '--user', 'hub', '--pass', 'a secret'])
  await expect.poll(() => answers(port), { timeout: 10_000, interval: 20 }).toBe(true)
}

const answers = (port: number) =>
  new Promise<boolean>(resolve => {
    const socket = connect(port, '127.0.0.1')
    socket.once('data', () => resolve(true)).once('error', () => resolve(false))
    socket.once('data', () => socket.destroy())
  })

async function stopServer(): Promise<void> {
  server?.kill('SIGKILL')
  if (server) await once(server, 'exit')
  server = undefined
}

afterAll(stopServer)

/** One process of the hub, and what it hears. */
async function processOf(port: number, password = 'a%20secret') {
  const topics: string[] = []
  const wakes = new WakeByNats({
    url: `nats://hub:${password}@127.0.0.1:${port}`,
    log,
    heard: names => void topics.push(...names),
  })
  await wakes.start()
  return { wakes, topics }
}

const until = (holds: () => boolean) => expect.poll(holds, { timeout: 10_000, interval: 10 }).toBe(true)

describe.skipIf(missing)('Wake-ups over NATS', () => {
  it('reach the others, and not oneself', async () => {
    const port = await freePort()
    await startServer(port)
    const [one, two] = [await processOf(port), await processOf(port)]
    one.wakes.publish(['call', 'inbox:pbx'])
    await until(() => two.topics.length === 2)
    two.wakes.publish(['access'])
    await until(() => one.topics.length === 1)
    expect([one.topics, two.topics]).toEqual([['access'], ['call', 'inbox:pbx']])
    await Promise.all([one.wakes.stop(), two.wakes.stop()])
    await stopServer()
  })

  it('go on after the server was away, also where it was away at the start', async () => {
    const port = await freePort()
    const one = await processOf(port)
    one.wakes.publish(['lost'])
    await startServer(port)
    const two = await processOf(port)
    const heard = async () => {
      const before = two.topics.length
      await until(() => {
        one.wakes.publish(['call'])
        return two.topics.length > before
      })
    }
    await heard()
    await stopServer()
    await startServer(port)
    await heard()
    expect(two.topics).not.toContain('lost')
    await Promise.all([one.wakes.stop(), two.wakes.stop()])
    await stopServer()
  })

  it('C4: a password that is wrong is told of, and not told', async () => {
    const port = await freePort()
    await startServer(port)
    const one = await processOf(port, 'another%20secret')
    await until(() => lines.some(line => /NATS cannot be reached/.test(line)))
    expect(lines.join('\n')).not.toMatch(/a secret|another secret|a%20secret/)
    await one.wakes.stop()
    await stopServer()
  })

  it('that are nonsense wake nobody, and harm nothing', async () => {
    const port = await freePort()
    await startServer(port)
    const one = await processOf(port)
    const socket = connect(port, '127.0.0.1')
    const send = (payload: string) => socket.write(`PUB hub.wake ${Buffer.byteLength(payload)}\r\n${payload}\r\n`)
    socket.write(`CONNECT {"user":"hub","pass":"a secret","verbose":false}\r\n`)
    for (const payload of ['', 'nonsense', '{"a":1}', '[1,null]', `["${'x'.repeat(20_000)}"]`]) send(payload)
    send('["call"]')
    await until(() => one.topics.length > 0)
    expect(one.topics).toEqual(['call'])
    socket.destroy()
    await one.wakes.stop()
    await stopServer()
  })
})
