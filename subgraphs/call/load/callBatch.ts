import type { Change } from '../../../kernel/changes/index.js'
import type { Kernel } from '../../../kernel/context/index.js'
import type { Loaded, LoadProblem } from '../../../kernel/ports/index.js'
import { agentsOf } from './agents.js'
import { type HistoricCall, knownCalls, writeCalls } from './newCalls.js'

/** A call of some list: readable texts within the lengths of their columns. */
export interface CallRecord extends Omit<HistoricCall, 'agentId' | 'teamId'> {
  /** Whose call it was: their extension at that time, their id, or their name. */
  agent: string | null
}

/** Loads calls in bulk, within the transaction of the batch; one that is known stays as it is. With `dry` nothing is written. */
export async function loadCallBatch(
  kernel: Kernel,
  change: Change,
  systemId: string,
  records: readonly CallRecord[],
  dry = false,
): Promise<Loaded[]> {
  const known = await knownCalls(change, systemId, records)
  const creditOf = await agentsOf(kernel, change.em, records)
  const calls: HistoricCall[] = []
  const loaded = records.map((record): Loaded => {
    if (known.has(record.externalId)) return { outcome: 'KNOWN', problems: [] }
    known.add(record.externalId)
    const problems: LoadProblem[] = []
    const { agent: _agent, ...call } = record
    calls.push({ ...call, ...creditOf(record, problems) })
    return { outcome: 'CREATED', problems }
  })
  if (!dry) await writeCalls(kernel, change, systemId, calls)
  return loaded
}
