import { sandboxAgents } from '../agents.js'
import { sandboxBook } from '../book/book.js'
import type { Origin } from '../store/origin.js'
import type { CrmRecord, ResourceName } from './resources.js'

export type Records = Record<ResourceName, Record<string, CrmRecord>>

/** The CRM on its first day. */
export function firstRecords({ seed, until }: Origin): Records {
  const { customers, deals, followUps } = sandboxBook(seed, until)
  return {
    customers: keyed(
      customers.map(({ stageLabel, createdAt, updatedAt, ...rest }) =>
        record({ ...rest, stage: stageLabel }, createdAt, updatedAt),
      ),
    ),
    deals: keyed(deals.map(({ createdAt, updatedAt, ...rest }) => record(rest, createdAt, updatedAt))),
    'follow-ups': keyed(followUps.map(({ createdAt, ...rest }) => record(rest, createdAt, rest.doneAt ?? createdAt))),
    users: keyed(sandboxAgents.map(agent => record({ ...agent, active: true }, until, until))),
  }
}

const record = (fields: { id: string; [field: string]: unknown }, createdAt: Date, modifiedAt: Date): CrmRecord => ({
  ...(JSON.parse(JSON.stringify(fields)) as { id: string }),
  version: 1,
  createdAt: createdAt.toISOString(),
  modifiedAt: modifiedAt.toISOString(),
})

const keyed = (records: readonly CrmRecord[]) => Object.fromEntries(records.map(each => [each.id, each]))
