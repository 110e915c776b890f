import { expect, test } from 'vitest'
import { explainAccess, explainFailure } from './explain.js'

test.each([
  ['FATAL:  could not write lock file "postmaster.pid": No space left on device', /disk is full.*HUB_DATA/],
  ['FATAL:  could not create semaphores: No space left on device', /kernel\.sem/],
  ['FATAL:  could not resize shared memory segment: No space left on device', /\/dev\/shm/],
  ['initdb: error: could not look up effective user ID 1234: user does not exist', /\/etc\/passwd/],
  ['postgres: error while loading shared libraries: libicui18n.so.60', /npm ci/],
  ['spawn /app/node_modules/x/initdb ENOENT', /GNU C library.*DATABASE_URL/],
  ['FATAL:  database files are incompatible with server', /backup/],
  ['PANIC:  could not locate a valid checkpoint record', /restore a backup/],
])('"%s" is told with what to do', (said, advice) => {
  const { message } = explainFailure(said, { command: 'postgres' })
  expect(message).toMatch(advice)
  expect(message).toContain(said)
})

test('a port that could not be bound names BI_PORT', () => {
  const said = 'LOG:  could not bind IPv4 address "127.0.0.1": Address already in use'
  expect(explainFailure(said, { command: 'postgres', biPort: 5499 }).message).toMatch(/Port 5499.*BI_PORT/)
})

test('an unknown failure tells the last that was said, or that nothing was', () => {
  expect(explainFailure('one\ntwo\n', { command: 'postgres' }).message).toBe(
    'PostgreSQL did not start. It said:\none\ntwo',
  )
  expect(explainFailure('', { command: 'postgres' }).message).toMatch(/It said nothing/)
})

test('what already says what to do is passed on as it is', () => {
  const error = new Error('Do this.')
  expect(explainAccess(error, '/data')).toBe(error)
  expect(explainAccess(Object.assign(new Error('x'), { code: 'EROFS' }), '/data')).toMatchObject({
    message: expect.stringMatching(/\/data.*read-only.*HUB_DATA/),
  })
})
