import { expect, test } from 'vitest'
import { inParts } from './inParts.js'

test('parts are taken in order, one at a time, while the next is made', async () => {
  const said: string[] = []
  await inParts(
    [1, 2, 3, 4, 5],
    2,
    part => {
      said.push(`make ${part}`)
      return part
    },
    async part => {
      said.push(`take ${part}`)
      await new Promise(setImmediate)
      await new Promise(setImmediate)
      said.push(`taken ${part}`)
    },
  )
  expect(said).toEqual([
    'make 1,2',
    'take 1,2',
    'make 3,4',
    'taken 1,2',
    'take 3,4',
    'make 5',
    'taken 3,4',
    'take 5',
    'taken 5',
  ])
})

test('what is not taken ends it', async () => {
  const taken: number[] = []
  const work = inParts(
    [1, 2, 3],
    1,
    ([one]) => one!,
    async one => {
      if (one === 2) throw new Error('full')
      taken.push(one)
    },
  )
  await expect(work).rejects.toThrow('full')
  expect(taken).toEqual([1])
})
