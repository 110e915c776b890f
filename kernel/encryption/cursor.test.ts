import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { HubError } from '../errors.js'
import { openCursor, sealCursor } from './cursor.js'
import { KeyRing } from './keyRing.js'

const ringOf = () => KeyRing.parse(['a', 'index'].map(id => `${id}:${randomBytes(32).toString('base64')}`).join(','))
const ring = ringOf()

const refused = (text: string, by = ring) => {
  let thrown: unknown
  try {
    openCursor(by, text)
  } catch (error) {
    thrown = error
  }
  expect(thrown).toBeInstanceOf(HubError)
  expect((thrown as HubError).extensions).toMatchObject({ code: 'BAD_USER_INPUT', field: 'after' })
}

test('what was sealed is opened again', () => {
  fc.assert(
    fc.property(fc.jsonValue(), value => {
      expect(openCursor(ring, sealCursor(ring, value))).toEqual(JSON.parse(JSON.stringify(value)))
    }),
  )
})

test('a cursor shows nothing of the value, and no two are alike', () => {
  const sealed = sealCursor(ring, { v: '13812345678' })
  expect(sealed).toMatch(/^[A-Za-z0-9_-]+$/)
  expect(Buffer.from(sealed, 'base64url').includes('1381234')).toBe(false)
  expect(sealCursor(ring, { v: '13812345678' })).not.toBe(sealed)
})

test('a cursor with any changed, missing or added character is bad input', () => {
  const sealed = sealCursor(ring, { id: 'x' })
  for (let place = 0; place < sealed.length; place++) {
    refused(sealed.slice(0, place) + (sealed[place] === 'A' ? 'B' : 'A') + sealed.slice(place + 1))
    refused(sealed.slice(0, place))
    refused(`${sealed.slice(0, place)}=${sealed.slice(place)}`)
  }
})

test('any other text, and a cursor of another hub, is bad input', () => {
  fc.assert(fc.property(fc.string(), text => refused(text)))
  refused(sealCursor(ringOf(), { id: 'x' }))
  refused('A'.repeat(1_000_000))
})
