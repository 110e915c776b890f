import { Arg, Ctx, ID, Mutation, Resolver } from 'type-graphql'
import type { HubContext } from '../../../kernel/context/index.js'
import { CallPayload } from '../call/call.resolver.js'
import { hangUp } from './hangUp.js'
import { placeCall } from './placeCall.js'
import { PlaceCallInput } from './placeCallInput.js'

@Resolver()
export class DialResolver {
  @Mutation(() => CallPayload, {
    nullable: true,
    description:
      'Rings your own phone, then the number, which nobody is shown. Where it may not be called now, `extensions.reason` of the error says why: DO_NOT_CALL, NO_CONSENT, NOT_DIALABLE, OUTSIDE_HOURS, TOO_OFTEN, IN_CALL, AGENT_BUSY, NO_EXTENSION, NO_PHONE_SYSTEM.',
  })
  async placeCall(
    @Arg('input', () => PlaceCallInput, { description: 'Whom to call.' }) input: PlaceCallInput,
    @Ctx() ctx: HubContext,
  ): Promise<CallPayload> {
    return { call: await placeCall(ctx, input) }
  }

  @Mutation(() => CallPayload, {
    nullable: true,
    description:
      'Ends a call: for who handles it, their supervisor and administrators. One that is over stays as it is.',
  })
  async hangUp(
    @Arg('callId', () => ID, { description: 'The call.' }) callId: string,
    @Ctx() ctx: HubContext,
  ): Promise<CallPayload> {
    return { call: await hangUp(ctx, callId) }
  }
}
