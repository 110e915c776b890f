import { expect, test } from 'vitest'
import { parsePostmasterPid } from './postmasterPid.js'

const file = (state: string) => `4711\n/data/cluster\n1795000000\n5432\n/data/socket\n\n  5432001    196608\n${state}\n`

test('a server names its process, port and socket, and says when it is ready', () => {
  expect(parsePostmasterPid(file('ready   '))).toEqual({ pid: 4711, port: 5432, socket: '/data/socket', ready: true })
  expect(parsePostmasterPid(file('starting'))?.ready).toBe(false)
})

test('a file cut short in the writing is not ready, an empty or foreign one is no server', () => {
  expect(parsePostmasterPid('4711\n/data/cluster\n')).toMatchObject({ pid: 4711, ready: false })
  for (const text of ['', 'nonsense', '0\n']) expect(parsePostmasterPid(text)).toBeNull()
})

test('a single-user process, whose number is written negative, is found too', () => {
  expect(parsePostmasterPid('-4711\n')?.pid).toBe(4711)
})
