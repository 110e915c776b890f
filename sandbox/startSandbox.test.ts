import { createRemoteJWKSet, jwtVerify } from 'jose'
import { afterEach, expect, test, vi } from 'vitest'
import { systemClock } from '../kernel/clock.js'
import { startSandbox } from './startSandbox.js'
import { secrets, startWorld, type World } from './testing/world.js'

let world: World
afterEach(() => world.stop())

test('running by itself, it tells the hub of a ringing call', async () => {
  world = await startWorld({ manual: false })
  await world.pbx('POST', '/control/call', { agentId: 'agent-north-1' })
  await vi.waitFor(() => expect(world.events()[0]).toMatchObject({ type: 'call.started', to: '1001' }), 5_000)
})

test('its public keys are to be had without a key, and verify its tokens', async () => {
  world = await startWorld({ clock: systemClock })
  const token = await world.sandbox.issuer.issueToken('admin', 60)
  const { payload } = await jwtVerify(token, createRemoteJWKSet(new URL(world.sandbox.jwksUrl)), { audience: 'hub' })
  expect(payload.sub).toBe('admin')
})

test('it says when its port is taken', async () => {
  world = await startWorld()
  const { clock, dataDir, hub } = world
  const log = { info: () => {}, warn: () => {}, error: () => {} }
  const ports = { pbx: Number(new URL(world.sandbox.pbxUrl).port) }
  await expect(startSandbox({ dataDir, hubUrl: hub.url, secrets, clock, log, ports })).rejects.toThrow('EADDRINUSE')
})

test('no log line holds a number', async () => {
  world = await startWorld()
  world.hub.status = () => 401
  await world.pbx('POST', '/control/call', { agentId: 'agent-north-1', number: '13912345678' })
  await world.pass(40)
  expect(world.log).toHaveLength(1)
  expect(world.log.join()).not.toContain('13912345678')
})
