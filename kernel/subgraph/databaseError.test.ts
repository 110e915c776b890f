import { OptimisticLockError } from '@mikro-orm/core'
import { describe, expect, it } from 'vitest'
import { databaseError } from './databaseError.js'

describe('Errors of the database', () => {
  it.each([
    ['22P02', 'BAD_USER_INPUT'],
    ['22021', 'BAD_USER_INPUT'],
    ['40001', 'CONFLICT'],
    ['57P01', 'UNAVAILABLE'],
    ['08006', 'UNAVAILABLE'],
    ['ECONNREFUSED', 'UNAVAILABLE'],
  ])('%s is %s', (code, shown) => expect(databaseError({ code, message: '' })?.code).toBe(shown))

  it.each([
    'Connection terminated unexpectedly',
    'select 1 - Client has encountered a connection error and is not queryable',
  ])('%s is UNAVAILABLE', message => expect(databaseError({ message })?.code).toBe('UNAVAILABLE'))

  it('a row that somebody else changed meanwhile is CONFLICT', () =>
    expect(databaseError(OptimisticLockError.lockFailed('Call'))?.code).toBe('CONFLICT'))

  it('that are the fault of the hub are not shown', () => {
    for (const code of ['42601', '23505', '22012', undefined, null, 7])
      expect(databaseError({ code, message: 'Something terminated.' })).toBeNull()
  })
})
