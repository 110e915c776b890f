import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql'
import type { HubContext } from '../../../kernel/context/index.js'
import { column } from '../../../kernel/orm/index.js'
import { CallPayload } from '../call/call.resolver.js'
import { CallFeedbackInput } from './callFeedbackInput.js'
import { Disposition } from './disposition.entity.js'
import { DispositionInput, DispositionPayload } from './dispositionInput.js'
import { giveFeedback } from './giveFeedback.js'
import { saveDisposition } from './saveDisposition.js'

@Resolver(() => Disposition)
export class DispositionResolver {
  @Query(() => [Disposition], {
    nullable: true,
    description: 'The results that a call may be given, in the order of the list; also those no longer chosen.',
  })
  dispositions(@Ctx() ctx: HubContext): Promise<Disposition[]> {
    return ctx
      .rows<Disposition>(Disposition)
      .orderBy(column(ctx.em, Disposition, 'position'))
      .orderBy(column(ctx.em, Disposition, 'id'))
      .execute()
  }

  @Mutation(() => DispositionPayload, {
    nullable: true,
    description: 'Adds a result to the list, or changes one. Administrators only; calls keep the name it had.',
  })
  async saveDisposition(
    @Arg('input', () => DispositionInput, { description: 'The result as it shall be.' }) input: DispositionInput,
    @Ctx() ctx: HubContext,
  ): Promise<DispositionPayload> {
    return { disposition: await saveDisposition(ctx, input) }
  }

  @Mutation(() => CallPayload, {
    nullable: true,
    description:
      'Says how a call went: for who handled it, their supervisor and administrators. Saying it again replaces what one said before.',
  })
  async giveCallFeedback(
    @Arg('input', () => CallFeedbackInput, { description: 'How it went.' }) input: CallFeedbackInput,
    @Ctx() ctx: HubContext,
  ): Promise<CallPayload> {
    return { call: await giveFeedback(ctx, input) }
  }
}
