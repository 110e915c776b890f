import { join } from 'node:path'
import { asterisk } from '../../connectors/asterisk/index.js'
import type { BackfillSink, HookDelivery, Span, SystemSettings } from '../../kernel/ports/index.js'
import { projectRoot } from '../../kernel/projectRoot.js'
import { pbx } from './captures.js'

const fixture = (name: string) => join(projectRoot, 'test', 'fixtures', 'asterisk', name)
export const cdrFile = fixture('cdr.csv')
export const celFile = fixture('cel.csv')
export const queueLogFile = fixture('queue_log')

/** All calls on record but the first, whose id another one has too. */
export const recordedSpan: Span = { from: new Date('2026-11-23T10:05:00Z'), to: new Date('2026-11-23T10:09:00Z') }

/** The Asterisk that the records come from, with these sources. */
export const recorded = (
  backfill: unknown = { cdr: cdrFile, cel: celFile, queueLog: queueLogFile },
  more: Partial<SystemSettings> = {},
): SystemSettings => ({ ...pbx({ backfill }), ...more })

/** Keeps what it is given. */
export class Kept implements BackfillSink {
  readonly deliveries: HookDelivery[] = []
  readonly shares: number[] = []

  async store(deliveries: HookDelivery[]): Promise<void> {
    this.deliveries.push(...deliveries)
  }

  progress(share: number): void {
    this.shares.push(share)
  }

  get payloads(): Buffer[] {
    return this.deliveries.map(({ payload }) => payload)
  }
}

/** What is on record of that time. */
export async function readRecords(system = recorded(), span = recordedSpan, signal = new AbortController().signal) {
  const kept = new Kept()
  const done = await asterisk.backfill!(system)!.read(span, kept, signal)
  return { kept, done }
}
