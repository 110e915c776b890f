import pg from 'pg'
import { expect, test } from 'vitest'
import { urlsOf } from './urls.js'

test('a socket whose path holds blanks and other signs is found by the URL', () => {
  const socket = '/tmp/数据 & so on/socket'
  const { appUrl } = urlsOf({ socket, port: 5433 }, { superuser: 'a', owner: 'b', app: 'c-_' }, 'hub_sandbox')
  const client = new pg.Client(appUrl)
  expect(client).toMatchObject({ host: socket, port: 5433, user: 'hub_app', password: 'c-_', database: 'hub_sandbox' })
  expect(decodeURIComponent(new URL(appUrl).hostname)).toBe(socket)
})
