import { expect, test } from 'vitest'
import { allows } from './reachable.js'

const user = { uid: 100, gid: 200 }

test.each([
  ['its owner, by the first digit only', { mode: 0o077, uid: 100, gid: 200 }, false],
  ['its owner', { mode: 0o100, uid: 100, gid: 1 }, true],
  ['its group, by the second digit only', { mode: 0o701, uid: 1, gid: 200 }, false],
  ['its group', { mode: 0o010, uid: 1, gid: 200 }, true],
  ['everybody else', { mode: 0o001, uid: 1, gid: 1 }, true],
  ['everybody else, where it is private', { mode: 0o770, uid: 1, gid: 1 }, false],
])('a folder lets in %s', (_, rights, expected) => {
  expect(allows(rights, user, 1)).toBe(expected)
})

test('all of the rights asked for are needed', () => {
  expect(allows({ mode: 0o004, uid: 1, gid: 1 }, user, 5)).toBe(false)
  expect(allows({ mode: 0o005, uid: 1, gid: 1 }, user, 5)).toBe(true)
})
