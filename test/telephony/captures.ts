import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { AmiEvent } from '../../connectors/asterisk/amiEvent.js'
import { asterisk } from '../../connectors/asterisk/index.js'
import type { CallFact, SystemSettings } from '../../kernel/ports/index.js'
import { projectRoot } from '../../kernel/projectRoot.js'
import type { CallState } from '../../subgraphs/call/call/callState.js'
import { foldCall } from '../../subgraphs/call/call/foldCall.js'

const folder = join(projectRoot, 'test', 'fixtures', 'asterisk')

/** The Asterisk that the captures come from. */
export const pbx = (more: Record<string, unknown> = {}): SystemSettings => ({
  id: 'pbx1',
  name: 'Asterisk',
  timeZone: 'Asia/Shanghai',
  trunks: ['trunk-ct'],
  settings: { host: '127.0.0.1', username: 'hub', secret: 'hub-secret', ...more },
})

/** The messages of a capture as they were received, answers to actions included. */
export function captured(file: string): AmiEvent[] {
  const lines = readFileSync(join(folder, `${file}.jsonl`), 'utf8')
    .trim()
    .split('\n')
  return lines.map(line => JSON.parse(line) as AmiEvent)
}

export const capturedWire = (): Buffer => readFileSync(join(folder, 'ami-wire-sample.txt'))

/** What these events say, by call. */
export function callsOf(payloads: readonly Buffer[], system = pbx()): Map<string, CallState> {
  const facts = new Map<string, CallFact[]>()
  for (const payload of payloads)
    for (const fact of asterisk.normalise(system, payload))
      facts.set(fact.callId, [...(facts.get(fact.callId) ?? []), fact])
  return new Map([...facts].map(([callId, said]) => [callId, foldCall(said)]))
}

export const payloadOf = (event: AmiEvent): Buffer => Buffer.from(JSON.stringify(event))
