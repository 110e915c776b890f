import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freeswitch } from '../../connectors/freeswitch/index.js'
import type { CallFact, HookDelivery, SystemSettings } from '../../kernel/ports/index.js'
import { projectRoot } from '../../kernel/projectRoot.js'
import type { CallState } from '../../subgraphs/call/call/callState.js'
import { foldCall } from '../../subgraphs/call/call/foldCall.js'

const folder = join(projectRoot, 'test', 'fixtures', 'freeswitch')

/** The FreeSWITCH that the captures come from. */
export const fs1 = (more: Record<string, unknown> = {}): SystemSettings => ({
  id: 'fs1',
  name: 'FreeSWITCH',
  timeZone: 'Asia/Shanghai',
  trunks: [],
  settings: { username: 'fs', secret: 'a secret of fs', ...more },
})

/** A post of mod_json_cdr as it was received. */
export interface CapturedPost {
  url: string
  headers: Record<string, string>
  body: object
}

/** The events of a capture, in the order in which they were received. */
export const capturedEvents = (name: string): Record<string, string>[] => lines(`esl-${name}.jsonl`)

export const capturedPosts = (name: string): CapturedPost[] => lines(`jsoncdr-${name}.jsonl`)

export const capturedWire = (): Buffer => readFileSync(join(folder, 'esl-wire-sample.txt'))

export const payloadOf = (message: object): Buffer => Buffer.from(JSON.stringify(message))

/** What these payloads say, by call. */
export const callsOf = (payloads: readonly Buffer[], system = fs1()): Map<string, CallState> =>
  callsOfFacts(payloads.flatMap(payload => freeswitch.normalise(system, payload)))

export function callsOfFacts(given: readonly CallFact[]): Map<string, CallState> {
  const facts = new Map<string, CallFact[]>()
  for (const fact of given) facts.set(fact.callId, [...(facts.get(fact.callId) ?? []), fact])
  return new Map([...facts].map(([callId, said]) => [callId, foldCall(said)]))
}

/** A folder in which mod_json_cdr leaves records. */
export class RecordFolder {
  readonly path = mkdtempSync(join(tmpdir(), 'hub-json-cdr-'))

  /** Leaves the records of a capture there, and no others, as it writes those that it could not post. */
  leave(name: string, change: <T>(body: T) => T = same => same): void {
    for (const file of readdirSync(this.path)) rmSync(join(this.path, file))
    for (const { url, body } of capturedPosts(name)) {
      const uuid = new URL(url, 'http://hub').searchParams.get('uuid')!
      writeFileSync(join(this.path, `${uuid}.cdr.json`), `${encodeURIComponent(JSON.stringify(change(body)))}\n`)
    }
  }

  /** What the connector reads there, of all times. */
  async read(): Promise<Buffer[]> {
    const found: Buffer[] = []
    const store = async (deliveries: HookDelivery[]) => void found.push(...deliveries.map(({ payload }) => payload))
    const source = freeswitch.backfill!(fs1({ backfill: { folder: this.path } }))!
    const span = { from: new Date(0), to: new Date('2100-01-01') }
    await source.read(span, { store, progress: () => undefined }, new AbortController().signal)
    return found
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true })
  }
}

function lines<T>(file: string): T[] {
  const text = readFileSync(join(folder, file), 'utf8').trim()
  return text.split('\n').map(line => JSON.parse(line) as T)
}
