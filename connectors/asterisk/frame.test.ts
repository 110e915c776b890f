import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { projectRoot } from '../../kernel/projectRoot.js'
import { FrameError } from '../common/frameError.js'
import type { AmiEvent } from './amiEvent.js'
import { FrameParser } from './frame.js'

const wire = readFileSync(join(projectRoot, 'test', 'fixtures', 'asterisk', 'ami-wire-sample.txt'))
/** Captures keep lines as editors do; on the wire they end as the protocol wants. */
const sample = Buffer.from(wire.toString('latin1').replaceAll(/\r?\n/g, '\r\n'), 'latin1')

function read(...pieces: (Buffer | string)[]): AmiEvent[] {
  const frames: AmiEvent[] = []
  const parser = new FrameParser(frame => frames.push(frame))
  for (const piece of pieces) parser.push(Buffer.from(piece as string))
  return frames
}

const greeting = 'Asterisk Call Manager/11.0.0\r\n'

describe('Messages of the manager interface', () => {
  it('are read as a real server wrote them', () => {
    const [answer, booted, ...events] = read(sample)
    expect(answer).toMatchObject({ Response: 'Success', ActionID: 'login-1', Message: 'Authentication accepted' })
    expect(booted).toMatchObject({ Event: 'FullyBooted', Privilege: 'system,all' })
    expect(events.length).toBeGreaterThan(20)
    for (const event of events) expect(event.Event ?? event.Response).toEqual(expect.any(String))
  })

  it('are the same in whatever pieces they come', () => {
    const whole = read(sample)
    fc.assert(
      fc.property(fc.array(fc.nat(sample.length), { maxLength: 60 }), cuts => {
        const places = [0, ...cuts.sort((a, b) => a - b), sample.length]
        expect(read(...places.slice(1).map((end, i) => sample.subarray(places[i], end)))).toEqual(whole)
      }),
      { numRuns: 50 },
    )
  })

  it('keep headers that repeat, values with colons, empty values, and characters cut in two', () => {
    const name = Buffer.from('CallerIDName: 王伟\r\n\r\n')
    expect(
      read(
        `${greeting}ChanVariable: a=1\r\nChanVariable: b=2\r\nData: a: b\r\nEmpty:\r\n`,
        name.subarray(0, 15),
        name.subarray(15),
      ),
    ).toEqual([{ ChanVariable: ['a=1', 'b=2'], Data: 'a: b', Empty: '', CallerIDName: '王伟' }])
  })

  it('of any bytes end in messages or in a refusal, never in anything else', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 300 })), pieces => {
        try {
          read(greeting, ...pieces.map(piece => Buffer.from(piece)))
        } catch (error) {
          expect(error).toBeInstanceOf(FrameError)
        }
      }),
    )
  })
})

describe('What is no manager interface', () => {
  it.each(['HTTP/1.1 200 OK\r\n', '\r\n', 'Response: Success\r\n', `${'x'.repeat(20_000)}`])(
    'is refused: %j',
    bytes => {
      expect(() => read(bytes)).toThrow(FrameError)
    },
  )

  it('or goes on without end is refused, and what it sent is not repeated', () => {
    const number = '13812345678'
    for (const bytes of [`a: ${number.repeat(2000)}`, `a: ${number}\r\n`.repeat(6000)])
      expect(() => read(greeting, bytes)).toThrow(
        expect.not.objectContaining({ message: expect.stringContaining('138') }),
      )
  })
})
