import { Arg, Resolver, Root, type SubscribeResolverData, Subscription } from 'type-graphql'
import type { HubContext } from '../../../kernel/context/index.js'
import type { LiveEvent } from '../../../kernel/live/index.js'
import { Cursor } from '../../../kernel/scalars.js'
import type { Call } from '../call/call.entity.js'
import { CallFilter } from '../call/callFilter.js'
import { CallEventKind } from '../call/enums.js'
import { CallEvent } from './callEvent.js'
import { followCalls } from './callLive.js'

interface Args {
  filter?: CallFilter | null
  after?: string | null
}

@Resolver(() => CallEvent)
export class CallUpdatedResolver {
  @Subscription(() => CallEvent, {
    nullable: true,
    description:
      'Calls as they ring, are answered and end: those the viewer may see at that moment. With `after`, everything since that event first.',
    subscribe: ({ args, context }: SubscribeResolverData<unknown, Args, HubContext>) =>
      followCalls(context, args.filter ?? null, args.after ?? null),
  })
  callUpdated(
    @Root() event: LiveEvent<Call>,
    // The two arguments are read by `subscribe`; they stand here so that the schema has them.
    @Arg('filter', () => CallFilter, { nullable: true, description: 'Only calls like these.' })
    _filter: CallFilter | null,
    @Arg('after', () => Cursor, { nullable: true, description: 'Cursor of the last event one has.' }) _after:
      | string
      | null,
  ): CallEvent {
    const kind = event.lagged === null ? (event.data.kind as CallEventKind) : CallEventKind.LAGGED
    return { cursor: event.cursor, at: event.at, kind, call: event.subject, lagged: event.lagged }
  }
}
