import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type {
  CallFact,
  Connector,
  FactKind,
  HookRequest,
  Presence,
  PresenceFact,
  SystemSettings,
} from '../../kernel/ports/index.js'

/** What a connector shows of itself, so that what holds for every connector can be tried on it. */
export interface Candidate {
  connector: Connector
  /** One that can be used. */
  system: SystemSettings
  /** Payloads as the hub stores them, of real calls, in the order in which they came. */
  payloads: Buffer[]
  /** Payloads that say something of people at their phones, where the system does. */
  people?: Buffer[]
  /** The payload of a call that begins, from this number. */
  callFrom(number: string): Buffer
  /** A webhook with this body as the system itself would send it. */
  hook?(body: Buffer): HookRequest
}

const KINDS: Record<FactKind, true> = {
  LEG_STARTED: true,
  QUEUED: true,
  DIALING: true,
  RINGING: true,
  ANSWERED: true,
  CONNECTED: true,
  HELD: true,
  RESUMED: true,
  TRANSFERRED: true,
  LEG_ENDED: true,
  ENDED: true,
  SUMMARY: true,
  RECORDING: true,
  CONSENT: true,
  FEEDBACK: true,
}
const STATES: Record<Presence, true> = { OFFLINE: true, AVAILABLE: true, AWAY: true, WRAP_UP: true }
const NUMBER = '13812345678'
const ODD_NUMBERS = [
  'anonymous',
  'Restricted',
  '*97',
  '#31#',
  'sip:alice@example.org',
  '+86 138-1234-5678',
  '０１０１２３４５６７８',
  'Wang\u0007Wei\u001b[31m',
  '<script>alert(1)</script>',
  ' ',
]
/** No phone system should say these; a connector may refuse them. */
const IMPOSSIBLE_NUMBERS = ['1'.repeat(300), '\ud83d', '138\u0000']

const json = (value: object): Buffer => Buffer.from(JSON.stringify(value))

/** What holds for every connector of a phone system. */
export function conforms({ connector, system, payloads, people = [], callFrom, hook }: Candidate): void {
  const factsOf = (payload: Buffer): CallFact[] => connector.normalise(system, payload)
  const presenceOf = (payload: Buffer): PresenceFact[] => connector.presence?.(system, payload) ?? []
  const isUnderstood = (payload: Buffer): boolean => {
    try {
      return factsOf(payload).length >= 0
    } catch {
      return false
    }
  }
  const reasonOf = (run: () => unknown): string => {
    try {
      run()
    } catch (error) {
      return String(error)
    }
    throw new Error('It was accepted.')
  }

  describe(`The connector ${connector.name}`, () => {
    it('does what it says it can', () => {
      expect(connector.capabilities).toEqual({
        events: connector.listen !== undefined,
        hooks: connector.receive !== undefined,
        backfill: connector.backfill !== undefined,
        dial: connector.dialler !== undefined,
        recordings: connector.recordings !== undefined,
      })
      // What it connects to can be tried, and production can tell whether it is safe.
      if (connector.listen)
        expect([typeof connector.probe, typeof connector.isReadable]).toEqual(['function', 'function'])
      expect(() => connector.check(system)).not.toThrow()
    })

    it('says what it needs to somebody who gave it nothing', () => {
      expect(reasonOf(() => connector.check({ ...system, settings: {} }))).toMatch(/needs? .{10}/)
    })

    it('repeats no secret to somebody who gave it something else', () => {
      const settings = Object.fromEntries(Object.keys(system.settings).map(name => [name, { secret: 'open sesame' }]))
      expect(reasonOf(() => connector.check({ ...system, settings }))).not.toContain('open sesame')
    })

    it('makes facts that the hub can fold: known kinds, times in UTC with milliseconds, ids', () => {
      const facts = payloads.flatMap(factsOf)
      expect(facts.length).toBeGreaterThan(payloads.length / 4)
      for (const fact of facts) {
        expect(KINDS[fact.kind], fact.kind).toBe(true)
        expect(fact.at).toBe(new Date(fact.at).toISOString())
        expect(fact.callId).toMatch(/\S/)
        expect(fact.key).toMatch(/\S/)
      }
    })

    it('says of people what the hub can keep: known states, times in UTC with milliseconds, keys', () => {
      const said = [...payloads, ...people].map(presenceOf)
      expect(said.slice(payloads.length).every(facts => facts.length > 0)).toBe(true)
      for (const facts of said) {
        expect(new Set(facts.map(({ key }) => key)).size).toBe(facts.length)
        for (const fact of facts) {
          expect(STATES[fact.state], fact.state).toBe(true)
          expect(['DEVICE', 'WORK']).toContain(fact.aspect)
          expect(fact.extension).toMatch(/\S/)
          expect(fact.key).toMatch(/\S/)
          for (const time of [fact.at, fact.until ?? fact.at]) expect(time).toBe(new Date(time).toISOString())
        }
      }
      expect([...payloads, ...people].map(payload => presenceOf(Buffer.from(payload)))).toEqual(said)
    })

    it('is stopped by nothing that is said of people where it understands what is said of calls', () => {
      const anything = fc.tuple(fc.constantFrom(...payloads, ...people), fc.nat(), fc.jsonValue({ maxDepth: 1 }))
      fc.assert(
        fc.property(anything, ([payload, place, value]) => {
          const message = JSON.parse(payload.toString()) as object
          const names = Object.keys(message)
          const odd = json({ ...message, [names[place % names.length]!]: value })
          if (isUnderstood(odd)) presenceOf(odd)
        }),
        { numRuns: 500 },
      )
    })

    it('gives the facts of one payload keys of their own, and of the same payload the same', () => {
      for (const payload of payloads) {
        const facts = factsOf(payload)
        expect(new Set(facts.map(({ key }) => key)).size).toBe(facts.length)
        expect(factsOf(Buffer.from(payload))).toEqual(facts)
      }
      const byKey = new Map<string, CallFact>()
      for (const fact of payloads.flatMap(factsOf)) {
        expect(byKey.get(fact.key) ?? fact).toEqual(fact)
        byKey.set(fact.key, fact)
      }
    })

    it('refuses what it cannot understand, and does not repeat it', () => {
      for (const text of [NUMBER, `"${NUMBER}"`, `[${NUMBER}]`, `{"a":"${NUMBER}`, 'null', '', '\0'])
        expect(
          reasonOf(() => factsOf(Buffer.from(text))),
          text,
        ).not.toContain(NUMBER)
    })

    it('survives whatever is done to a payload, and tells nothing of it', () => {
      const spoilt = fc.tuple(fc.constantFrom(...payloads), fc.nat(), fc.uint8Array({ maxLength: 8 }))
      fc.assert(
        fc.property(spoilt, ([payload, place, bytes]) => {
          const at = place % payload.length
          const broken = Buffer.concat([payload.subarray(0, at), bytes, payload.subarray(at + bytes.length)])
          try {
            factsOf(broken)
          } catch (error) {
            expect(String(error)).not.toMatch(/\d{7}/)
          }
        }),
        { numRuns: 200 },
      )
    })

    it.each(ODD_NUMBERS)('takes a call from %j as it is', number => {
      const facts = factsOf(callFrom(number))
      expect(facts.length).toBeGreaterThan(0)
      for (const fact of facts) expect(fact.from ?? number).toBe(number)
    })

    it.each(IMPOSSIBLE_NUMBERS)('is not harmed by a call from %j', number => {
      try {
        factsOf(callFrom(number))
      } catch (error) {
        expect(String(error)).not.toContain(number)
      }
    })

    if (hook && connector.receive) {
      const receive = (request: HookRequest) => connector.receive!(system, request)

      it('knows a webhook again, and stores what it can read later', () => {
        for (const payload of payloads) {
          const [once] = receive(hook(payload))
          const [again] = receive(hook(payload))
          expect(again!.key).toBe(once!.key)
          expect(factsOf(once!.payload)).toEqual(factsOf(payload))
        }
      })

      it('refuses webhooks of strangers, and does not repeat what they sent', () => {
        const honest = hook(callFrom(NUMBER))
        const forged = Object.fromEntries(Object.keys(honest.headers).map(name => [name, `forged ${NUMBER}`]))
        for (const headers of [{}, forged]) {
          const reason = reasonOf(() => receive({ ...honest, headers }))
          expect(reason).not.toContain(NUMBER)
        }
      })
    }
  })
}
