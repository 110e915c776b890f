import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { expect, test } from 'vitest'
import { emptyTemplate, freshDatabase } from '../../test/kit/database.js'
import { checkPostgres } from './checkPostgres.js'

const refusalOf = (url: string) =>
  checkPostgres(url).then(
    () => 'none',
    error => (error as Error).message,
  )

test('a server that fits answers with its version', async () => {
  const { appUrl, drop } = await freshDatabase(emptyTemplate)
  expect(await checkPostgres(appUrl)).toMatch(/^\d+\.\d+/)
  await drop()
})

test('a wrong password and a missing database are told apart, and no password is shown', async () => {
  const { appUrl } = await freshDatabase(emptyTemplate)
  const wrong = await refusalOf(Object.assign(new URL(appUrl), { password: 'hunter2' }).href)
  expect(wrong).toMatch(/^DATABASE_URL .* wrong user or password/)
  expect(wrong).not.toContain('hunter2')
  const missing = await refusalOf(Object.assign(new URL(appUrl), { pathname: '/nowhere' }).href)
  expect(missing).toMatch(/no such database/)
  expect(missing).not.toContain(new URL(appUrl).password)
})

test('where nothing listens, the setting and the place are named', async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise(done => server.once('listening', done))
  const { port } = server.address() as AddressInfo
  await new Promise(done => server.close(done))
  expect(await refusalOf(`postgresql://hub_app:hunter2@127.0.0.1:${port}/hub`)).toBe(
    `DATABASE_URL (127.0.0.1:${port}/hub) cannot be reached: nothing listens there. Start the server, or correct the address.`,
  )
})

test('something that is no PostgreSQL is refused without a word of what was sent', async () => {
  const server = createServer(socket => socket.resume().end('HTTP/1.1 400 Bad Request\r\n\r\n')).listen(0, '127.0.0.1')
  await new Promise(done => server.once('listening', done))
  const { port } = server.address() as AddressInfo
  const refusal = await refusalOf(`postgresql://hub_app:hunter2@127.0.0.1:${port}/hub`)
  expect(refusal).toMatch(/cannot be used/)
  expect(refusal).not.toContain('hunter2')
  await new Promise(done => server.close(done))
})
