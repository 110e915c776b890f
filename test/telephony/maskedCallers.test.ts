import { describe, expect, it } from 'vitest'
import { capturedCalls as asteriskCalls } from '../fixtures/asterisk/expected.js'
import { capturedCalls as freeswitchCalls } from '../fixtures/freeswitch/expected.js'
import { callsOf as asteriskCallsOf, captured, payloadOf } from './captures.js'
import { capturedEvents, callsOf as freeswitchCallsOf } from './freeswitchCaptures.js'

/** As `138****5678`, which a dial plan makes of a number for the agent's phone. */
const masked = (number: string): string => `${number.slice(0, 3)}****${number.slice(-4)}`
const replaced = <T extends object>(event: T, number: string): T =>
  JSON.parse(JSON.stringify(event).replaceAll(number, masked(number))) as T

const inbound = <T extends { state: { direction: string; customerNumber?: string } }>(calls: T[]) =>
  calls.flatMap(call => {
    const { direction, customerNumber } = call.state
    return direction === 'INBOUND' && customerNumber ? [{ call, number: customerNumber }] : []
  })

/** docs/phones.md: the dial plan masks the caller's number for the agent's phone, and the hub still knows whose call it is. */
describe('C8: a dial plan that masks the caller', () => {
  it.each(inbound(asteriskCalls).map(one => [one.call.file, one] as const))(
    'of Asterisk (%s): the number is that of the first Newchannel, whatever comes after it',
    (_name, { call, number }) => {
      const events = captured(call.file).map(event => {
        const isFirst = event.Event === 'Newchannel' && event.Uniqueid === call.callId
        return isFirst ? event : replaced(event, number)
      })
      const state = asteriskCallsOf(events.map(payloadOf)).get(call.callId)
      expect(state).toEqual(call.state)
    },
  )

  it.each(inbound(freeswitchCalls).map(one => [one.call.name, one] as const))(
    'of FreeSWITCH (%s): the number is that of the first leg, whatever the other legs are shown',
    (_name, { call, number }) => {
      const events = capturedEvents(call.name).map(event =>
        event['Unique-ID'] === call.callId ? event : replaced(event, number),
      )
      const state = freeswitchCallsOf(events.map(event => Buffer.from(JSON.stringify(event)))).get(call.callId)
      expect(state).toEqual(call.state)
    },
  )
})
