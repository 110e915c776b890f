import type { Kernel } from '../kernel/context/index.js'
import { FeedStore } from '../kernel/feed/index.js'
import type { Job } from '../kernel/jobs/index.js'
import { hubTables } from '../kernel/orm/index.js'
import { expireFacts } from '../subgraphs/call/index.js'
import { expireMessages } from '../subgraphs/sync/index.js'

const DAY_MS = 86_400_000

/** How long things are kept that nobody answers for: days. Audit entries are not among them. */
const DAYS = { feed: 7, messages: 30, facts: 30, budgets: 2 }

/** Deletes, every night, what has been kept long enough. */
export function retentionJob(kernel: Kernel): Job {
  return {
    name: 'retention',
    cron: '30 3 * * *',
    run: async () => {
      const em = kernel.systemEm()
      const before = (days: number) => new Date(kernel.clock.now().getTime() - days * DAY_MS)
      await new FeedStore(() => hubTables(em)).expire(before(DAYS.feed))
      await expireMessages(em, before(DAYS.messages))
      await expireFacts(em, before(DAYS.facts))
      await hubTables(em).deleteFrom('hub.budget_use').where('at', '<', before(DAYS.budgets)).execute()
    },
  }
}
