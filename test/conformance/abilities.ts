import { randomUUID } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { HubError } from '../../kernel/errors.js'
import type { Connector, DialOrder, HookDelivery, Span, SystemSettings } from '../../kernel/ports/index.js'

/** A phone system that runs, for a connector to be tried on. */
export interface Peer {
  /** With everything set that the connector may be asked for. */
  system: SystemSettings
  /** One that has an address at which nobody is, and is the same otherwise. */
  gone: SystemSettings
  /** At which its phones can be rung. */
  extension: string
  /** All that has reached it of orders to place calls. */
  ordered(): string | Promise<string>
  /** A time of which it has records, and calls that are among them. */
  records: { span: Span; calls: string[] }
  /** One whose records cannot be read where its settings say they are. */
  unreadable: SystemSettings
  /** What it calls a recording that it has. */
  recording: string
  stop(): Promise<void>
}

const NUMBER = '13812345678'
const MASKED = '138****5678'
const nobody = new AbortController().signal

/** What holds for whatever a connector of a phone system may be asked for, beside the events it tells. */
export function conformsWhenAsked(connector: Connector, start: () => Promise<Peer>): void {
  describe(`The connector ${connector.name}, asked`, () => {
    let peer: Peer
    beforeAll(async () => {
      peer = await start()
    })
    afterAll(() => peer.stop())

    const order = (more: Partial<DialOrder> = {}): DialOrder => ({
      callId: `hub-${randomUUID()}`,
      extension: peer.extension,
      number: NUMBER,
      shownAs: MASKED,
      ...more,
    })
    const dialler = (system = peer.system) => connector.dialler!(system)!
    const failureOf = async (work: Promise<unknown>): Promise<Error> => {
      const error = await work.then(
        () => new Error('It went well.'),
        reason => reason as Error,
      )
      expect(error.message).not.toBe('It went well.')
      expect(`${error.message} ${error.stack}`).not.toMatch(/1381234|12345678/)
      return error
    }
    const read = async (span: Span, system = peer.system, signal = nobody) => {
      const deliveries: HookDelivery[] = []
      const shares: number[] = []
      const sink = {
        store: async (more: HookDelivery[]) => void deliveries.push(...more),
        progress: (share: number) => void shares.push(share),
      }
      const done = await connector.backfill!(system)!.read(span, sink, signal)
      return { done, shares, deliveries }
    }

    it('takes settings for all of it, and without them is asked for none of it', () => {
      expect(() => connector.check(peer.system)).not.toThrow()
      const abilities = [connector.dialler, connector.backfill, connector.recordings]
      for (const ability of abilities) expect(ability!(peer.system)).not.toBeNull()
      const bare = { dial: undefined, backfill: undefined, recordings: undefined, address: undefined }
      const settings = { ...peer.system.settings, ...bare, host: '127.0.0.1' }
      for (const ability of abilities) expect(ability!({ ...peer.system, settings })).toBeNull()
    })

    it('C8: places a call under the id that the hub chose, shows the agent the mask, and ends it', async () => {
      const one = order()
      await dialler().place(one)
      const ordered = await peer.ordered()
      expect(ordered).toContain(one.callId)
      expect(ordered).toContain(NUMBER)
      expect(ordered).toContain(MASKED)
      expect(await connector.callsNow!(peer.system)).toContain(one.callId)
      await dialler().hangUp(one.callId)
      expect(await connector.callsNow!(peer.system)).not.toContain(one.callId)
      await dialler().hangUp(one.callId)
    })

    it('refuses an order that could mean something else, or hands it on as it is', async () => {
      for (const odd of [{ extension: '1001\r\nAction: x' }, { callId: 'x\n\nexit' }]) {
        const one = order(odd)
        const error = await dialler()
          .place(one)
          .then(
            () => null,
            reason => reason,
          )
        if (error) {
          expect(error).toBeInstanceOf(HubError)
          continue
        }
        expect(await connector.callsNow!(peer.system)).toContain(one.callId)
        await dialler().hangUp(one.callId)
      }
    })

    it('says in plain words, and without the number, that nobody answers', async () => {
      for (const work of [dialler(peer.gone).place(order()), dialler(peer.gone).hangUp('hub-x')])
        expect(await failureOf(work)).toMatchObject({ code: 'UNAVAILABLE' })
      await failureOf(Promise.resolve(connector.callsNow!(peer.gone)))
      await failureOf(connector.survey!(peer.gone))
      await failureOf(connector.probe!(peer.gone))
    })

    it('B14: reads what is on record of a time: the calls of then, under keys that do not change', async () => {
      const { span, calls } = peer.records
      const once = await read(span)
      const again = await read(span)
      expect(once.done).toMatchObject({ unreadable: 0 })
      expect(once.done.records).toBeGreaterThan(0)
      const facts = once.deliveries.flatMap(({ payload }) => connector.normalise(peer.system, payload))
      for (const callId of calls) expect(facts.some(fact => fact.callId === callId)).toBe(true)
      expect(again.deliveries.map(({ key }) => key)).toEqual(once.deliveries.map(({ key }) => key))
      for (const share of once.shares) expect(share).toBeGreaterThanOrEqual(0)
      expect(Math.max(...once.shares)).toBeLessThanOrEqual(1)
    })

    it('B14: has nothing on record of another time', async () => {
      const other = { from: new Date('2020-01-01T00:00:00Z'), to: new Date('2020-01-01T01:00:00Z') }
      const { deliveries } = await read(other)
      expect(deliveries).toEqual([])
    })

    it('B14: says to people why its records cannot be read', async () => {
      expect(await failureOf(read(peer.records.span, peer.unreadable))).toBeInstanceOf(HubError)
    })

    it('stops reading when it is told to', async () => {
      const stop = new AbortController()
      stop.abort(new Error('The hub stops.'))
      await expect(read(peer.records.span, peer.system, stop.signal)).rejects.toThrow('The hub stops.')
    })

    it('C5: fetches a recording that is there; of one that is not it says so, and not its name', async () => {
      const store = connector.recordings!(peer.system)!
      const { audio, bytes } = await store.fetch(peer.recording, nobody)
      const all = await buffer(audio)
      expect(all.subarray(0, 4).toString()).toBe('RIFF')
      expect(bytes ?? all.length).toBe(all.length)
      const missing = peer.recording.replace(/[^/]+$/, `${NUMBER}.wav`)
      expect(await failureOf(store.fetch(missing, nobody))).toMatchObject({ code: 'NOT_FOUND' })
      for (const out of ['../../../etc/passwd', '/etc/passwd', 'https://127.0.0.1:1/x.wav'])
        await failureOf(store.fetch(out, nobody))
    })

    it('G2: says what there is', async () => {
      const { product, extensions, trunks, queues } = await connector.survey!(peer.system)
      expect(product).toMatch(/\w/)
      expect(extensions.map(({ number }) => number)).toContain(peer.extension)
      expect(new Set(trunks).size).toBe(trunks.length)
      for (const { name, members } of queues) expect([typeof name, Array.isArray(members)]).toEqual(['string', true])
    })

    it('asks what somebody has to know who connects it, and hides what is secret', () => {
      for (const { setting, text, secret } of connector.questions ?? []) {
        expect(text).toMatch(/\?$/)
        if (/secret|password/.test(setting)) expect(secret).toBe(true)
      }
      for (const { settings } of connector.offers?.(['trunk-ct']) ?? []) {
        const own = { ...peer.system.settings, ...settings('02161230000') }
        expect(() => connector.check({ ...peer.system, settings: own })).not.toThrow()
      }
    })
  })
}
