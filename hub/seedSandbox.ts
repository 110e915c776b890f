import type { Kernel } from '../kernel/context/index.js'
import type { Log } from '../kernel/log/index.js'
import { sandboxBook } from '../sandbox/book/book.js'
import { sandboxCalls } from '../sandbox/book/calls.js'
import type { SandboxCall } from '../sandbox/book/types.js'
import { defaultSeed } from '../sandbox/startSandbox.js'
import { sandboxOrigin } from '../sandbox/store/origin.js'
import { type HistoricCall, loadCalls } from '../subgraphs/call/index.js'
import { loadCustomers } from '../subgraphs/crm/index.js'

const CALLS = 20_000
const PBX = 'sandbox-pbx'
const CRM = 'sandbox-crm'

/** Loads the sandbox's world: the customers that its CRM holds, and the calls its PBX has had. Returns false where it was loaded before. */
export async function seedSandbox(kernel: Kernel, dataDir: string, log: Log): Promise<boolean> {
  const { seed, until } = await sandboxOrigin(dataDir, kernel.clock.now(), defaultSeed, log)
  const book = sandboxBook(seed, until)
  const isNew = await loadCustomers(kernel, CRM, book)
  if (!isNew) return false
  const teams = await teamsOf(kernel)
  await loadCalls(
    kernel,
    PBX,
    sandboxCalls(seed, until, CALLS, book.customers).map(call => historic(call, teams)),
  )
  return true
}

async function teamsOf(kernel: Kernel): Promise<(agentId: string | null, queue: string | null) => string | null> {
  const em = kernel.systemEm()
  const now = kernel.clock.now()
  const agents = await kernel.ports.desk.agentsAt(em, ['1001', '1002', '2001', '2002'], now)
  const queues = new Map<string, string | null>()
  for (const queue of ['sales', 'service']) queues.set(queue, await kernel.ports.desk.teamOfQueue(em, queue, now))
  const byAgent = new Map([...agents.values()].map(({ id, teamId }) => [id, teamId]))
  return (agentId, queue) => (agentId && byAgent.get(agentId)) || (queue && queues.get(queue)) || null
}

const historic = (
  call: SandboxCall,
  teamOf: (agentId: string | null, queue: string | null) => string | null,
): HistoricCall => ({
  externalId: call.id,
  direction: call.direction as HistoricCall['direction'],
  outcome: call.outcome as HistoricCall['outcome'],
  number: call.direction === 'INBOUND' ? call.from : call.to,
  agentId: call.agentId,
  teamId: teamOf(call.agentId, call.queue),
  queue: call.queue,
  lineId: call.line,
  startedAt: call.startedAt,
  ringingAt: call.ringingAt,
  answeredAt: call.answeredAt,
  endedAt: call.endedAt,
  disposition: call.disposition,
})
