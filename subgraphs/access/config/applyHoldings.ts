import type { Change } from '../../../kernel/changes/index.js'
import type { Config } from '../../../kernel/config/index.js'
import type { Kernel } from '../../../kernel/context/index.js'
import { giveHoldings } from '../holding/giveHoldings.js'
import { Holding } from '../holding/holding.entity.js'

/** What the file says first about an extension or a queue holds for the past as well, so that imported calls are credited by it. */
const ALWAYS = new Date(0)

/** A person whose extensions the file lists has these and no others; of people without a list, and of queues not named, it says nothing. */
export async function applyHoldings(kernel: Kernel, change: Change, { people, queues }: Config): Promise<void> {
  const listed = people.filter(({ extensions }) => extensions.length > 0)
  const now = await change.em.find(Holding, {
    kind: 'EXTENSION',
    holderId: { $in: listed.map(({ id }) => id) },
    endsAt: null,
  })
  const extensions = new Map<string, string | null>(now.map(({ name }) => [name, null]))
  for (const person of listed) for (const extension of person.extensions) extensions.set(extension, person.id)
  await giveHoldings(kernel.clock, change, { kind: 'EXTENSION', wanted: extensions, firstFrom: ALWAYS })
  const teams = new Map(queues.map(({ name, teamId }) => [name, teamId]))
  await giveHoldings(kernel.clock, change, { kind: 'QUEUE', wanted: teams, firstFrom: ALWAYS })
}
