import { Directive, Field, ObjectType } from 'type-graphql'
import { ConsentPurpose, ConsentState } from '../../../kernel/consent.js'
import { DateTime } from '../../../kernel/scalars.js'

@ObjectType({ description: "A customer's last word on one purpose." })
export class Consent {
  customerId!: string

  @Field(() => ConsentPurpose, { description: 'What it is about.' })
  purpose!: ConsentPurpose

  @Field(() => ConsentState, { description: 'What they said.' })
  state!: ConsentState

  @Field(() => DateTime, { description: 'When it was written down.' })
  at!: Date

  @Field(() => String, {
    nullable: true,
    description: 'How one knows, in the words of who wrote it down; personal values in it are masked.',
  })
  @Directive('@freeText')
  evidence!: string | null
}

@ObjectType({ description: 'The consent after the change.' })
export class ConsentPayload {
  @Field(() => Consent, { nullable: true, description: 'The consent as it stands now.' })
  consent!: Consent | null
}
