import { sql } from 'kysely'
import { permits } from '../../../kernel/ability/index.js'
import type { HubContext, Kernel } from '../../../kernel/context/index.js'
import type { FeedEvent } from '../../../kernel/feed/index.js'
import { type LiveEvent, type LiveSource, openLiveStream, sharedLoads } from '../../../kernel/live/index.js'
import { column, rowsOf } from '../../../kernel/orm/index.js'
import { remember } from '../../../kernel/remember.js'
import { Call } from '../call/call.entity.js'
import { type CallFilter, callFits } from '../call/callFilter.js'
import { CALL_TOPIC } from '../call/callTopic.js'

const loaders = new WeakMap<Kernel, (event: FeedEvent) => Promise<Call | null>>()

/** Loads the call of an event, once for all subscribers of this process. */
const loaderOf = (kernel: Kernel) =>
  remember(loaders, kernel, () =>
    sharedLoads(async event => {
      const em = kernel.systemEm()
      const row = await rowsOf(em, Call)
        .where(sql<boolean>`${column(em, Call, 'id')} = ${String(event.data.callId)}::uuid`)
        .executeTakeFirst()
      return row ?? null
    }),
  )

/** What happens to calls that the viewer may see at the moment it happens. */
export function followCalls(
  ctx: HubContext,
  filter: CallFilter | null,
  after: string | null,
): Promise<AsyncIterableIterator<LiveEvent<Call>>> {
  const source: LiveSource<Call> = {
    topic: CALL_TOPIC,
    load: loaderOf(ctx.kernel),
    tells: (call, ability) => permits(ability, 'read', 'Call', call) && callFits(call, filter),
  }
  return openLiveStream(ctx, source, after)
}
