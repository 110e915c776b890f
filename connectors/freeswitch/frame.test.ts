import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { projectRoot } from '../../kernel/projectRoot.js'
import { FrameError } from '../common/frameError.js'
import { type Frame, FrameParser } from './frame.js'

/** Ends in the middle of a message. One length in it is corrected: a path was made longer when the capture was made anonymous. */
const sample = readFileSync(join(projectRoot, 'test', 'fixtures', 'freeswitch', 'esl-wire-sample.txt'))

function read(...pieces: (Buffer | string)[]): Frame[] {
  const frames: Frame[] = []
  const parser = new FrameParser(frame => frames.push(frame))
  for (const piece of pieces) parser.push(Buffer.from(piece as string))
  return frames
}

describe('Messages of the event socket', () => {
  it('are read as a real server wrote them', () => {
    const [greeting, login, subscribed, ...events] = read(sample)
    expect(greeting!.headers.get('Content-Type')).toBe('auth/request')
    expect(login!.headers.get('Reply-Text')).toBe('+OK accepted')
    expect(subscribed!.headers.get('Reply-Text')).toBe('+OK event listener enabled json')
    const names = events.map(({ body }) => (JSON.parse(body) as Record<string, string>)['Event-Name'])
    expect(names).toEqual([
      'CHANNEL_CREATE',
      'CHANNEL_PROGRESS_MEDIA',
      'RECORD_START',
      'CHANNEL_CREATE',
      'CHANNEL_PROGRESS',
      'CHANNEL_ANSWER',
      'CHANNEL_ANSWER',
      'CHANNEL_BRIDGE',
      'CHANNEL_HANGUP',
    ])
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

  it('have a length in bytes, also where characters have several, and may be empty', () => {
    const name = '{"Caller-Caller-ID-Name":"王伟"}'
    const frame = `Content-Length: ${Buffer.byteLength(name)}\nContent-Type: text/event-json\n\n${name}`
    const empty = 'Content-Type: api/response\nContent-Length: 0\n\n'
    expect(read(`${frame}${empty}\n\n${frame}`).map(({ body }) => body)).toEqual([name, '', name])
  })

  it('that can never end, or say nonsense of their length, are cut off', () => {
    expect(() => read('x'.repeat(17_000))).toThrow(FrameError)
    expect(() => read(...Array.from({ length: 20 }, () => 'y'.repeat(1000)))).toThrow(FrameError)
    for (const length of ['99999999999', '16777217', '-1', '1e3', 'many', ''])
      expect(() => read(`Content-Length: ${length}\n\n`), length).toThrow(FrameError)
  })

  it('show those before the place where the server breaks the protocol', () => {
    const frames: Frame[] = []
    const parser = new FrameParser(frame => frames.push(frame))
    expect(() => parser.push(Buffer.from('Content-Type: auth/request\n\nContent-Length: no\n\n'))).toThrow(FrameError)
    expect(frames).toHaveLength(1)
  })

  it('of random bytes never do more than be refused', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 20 }), pieces => {
        try {
          read(...pieces.map(piece => Buffer.from(piece)))
        } catch (error) {
          expect(error).toBeInstanceOf(FrameError)
        }
      }),
    )
  })
})
