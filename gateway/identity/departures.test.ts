import { expect, test } from 'vitest'
import { TestClock } from '../../kernel/clock.js'
import { createLog } from '../../kernel/log/index.js'
import { Departures } from './departures.js'
import type { Identity } from './identity.js'

const identityOf = (personId: string): Identity => ({
  personId,
  issuer: 'test',
  subject: personId,
  expiresAt: new Date('2027-01-01T00:00:00Z'),
})

function watching(...persons: string[]) {
  const gone = new Set<string>()
  const asked: string[] = []
  const ended: string[] = []
  const departures = new Departures(
    {
      identify: async () => null,
      isActive: async ({ personId }) => {
        asked.push(personId)
        if (personId === 'broken') throw new Error('The database cannot be reached.')
        return !gone.has(personId)
      },
    },
    createLog({ level: 'silent', clock: new TestClock() }),
  )
  const leave = persons.map(person => departures.watch(identityOf(person), () => ended.push(person)))
  return { departures, gone, asked, ended, leave }
}

test('who may not use the hub any more is ended, in everything they have open', async () => {
  const { departures, gone, ended } = watching('li', 'wang', 'li')
  gone.add('li')
  await departures.recheck(['li', 'wang'])
  expect(ended).toEqual(['li', 'li'])
})

test('only those concerned are looked at, and everybody where nobody is named', async () => {
  const { departures, asked } = watching('li', 'wang')
  await departures.recheck(['wang', 'nobody'])
  expect(asked).toEqual(['wang'])
  await departures.recheck(null)
  expect(asked).toEqual(['wang', 'li', 'wang'])
})

test('what is named while others are looked at is looked at next', async () => {
  const { departures, asked } = watching('li', 'wang')
  await Promise.all([departures.recheck(['li']), departures.recheck(['wang'])])
  expect(asked).toEqual(['li', 'wang'])
})

test('one that cannot be found out stops no other', async () => {
  const { departures, gone, ended } = watching('broken', 'li')
  gone.add('li')
  await departures.recheck(null)
  expect(ended).toEqual(['li'])
})

test('what was left is looked at no more', async () => {
  const { departures, asked, leave } = watching('li')
  leave[0]!()
  await departures.recheck(null)
  expect(asked).toEqual([])
})
