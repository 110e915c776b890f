import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { linesOf } from './lines.js'

async function* pieces(...all: (string | Buffer)[]): AsyncGenerator<Buffer> {
  for (const piece of all) yield Buffer.from(piece as string)
}

async function read(all: AsyncIterable<Buffer>, cut = false): Promise<(string | null)[]> {
  const lines: (string | null)[] = []
  for await (const { text } of linesOf(all, { longest: 20, cut })) lines.push(text)
  return lines
}

describe('Lines', () => {
  it('are the same in whatever pieces they come, characters cut in two included', async () => {
    const bytes = Buffer.from('\uFEFFone\r\n王伟,2\n\nlast')
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(bytes.length)), async cuts => {
        const places = [0, ...cuts.sort((a, b) => a - b), bytes.length]
        const parts = places.slice(1).map((end, i) => bytes.subarray(places[i], end))
        expect(await read(pieces(...parts))).toEqual(['one', '王伟,2', '', 'last'])
      }),
      { numRuns: 50 },
    )
  })

  it('that are too long, or whose end has not come, have no text; the others have', async () => {
    expect(await read(pieces('a\n', 'x'.repeat(21), '\nb\nc'), true)).toEqual(['a', null, 'b', null])
  })

  it('of a gigabyte cost no memory', async () => {
    const piece = Buffer.alloc(1 << 20, 'x')
    const gigabyte = (async function* () {
      for (let i = 0; i < 1024; i++) yield piece
      yield Buffer.from('\nend\n')
    })()
    const before = process.memoryUsage().rss
    expect(await read(gigabyte)).toEqual([null, 'end'])
    expect(process.memoryUsage().rss - before).toBeLessThan(100 * 2 ** 20)
  })

  it('know how many bytes they end after', async () => {
    const ends: number[] = []
    for await (const { bytes } of linesOf(pieces('ab', 'c\nd\n', 'ef'), { longest: 20, cut: false })) ends.push(bytes)
    expect(ends).toEqual([4, 6, 8])
  })
})
