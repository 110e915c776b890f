import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql'
import type { HubContext } from '../../../kernel/context/index.js'
import { RecordType } from '../../../kernel/recordType.js'
import { lifeOf } from './lifeOf.js'
import { RecordEvent } from './recordEvent.js'

@Resolver(() => RecordEvent)
export class LifeResolver {
  @Query(() => [RecordEvent], {
    nullable: true,
    description:
      'The life of a record, in order of time and in plain words: what systems said of it and when the hub heard it, what that changed, why it is linked or not, which screens it opened, what people did to it. Whoever may read the record may ask; who read it in full is told to those who may read the audit.',
  })
  lifeOf(
    @Arg('type', () => RecordType, { description: 'What kind of record it is.' }) type: RecordType,
    @Arg('id', () => ID, { description: 'The id of the record in the hub.' }) id: string,
    @Ctx() ctx: HubContext,
  ): Promise<RecordEvent[]> {
    return lifeOf(ctx, type, id)
  }
}
