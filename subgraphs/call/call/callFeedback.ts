import { Directive, Field, Int, ObjectType } from 'type-graphql'
import { DateTime } from '../../../kernel/scalars.js'
import { FeedbackSource } from './enums.js'

@ObjectType({ description: 'What somebody said of a call.' })
export class CallFeedback {
  @Field(() => FeedbackSource, { description: 'Who said it.' })
  source!: FeedbackSource

  @Field(() => Int, { nullable: true, description: 'A rating, as the phone system asked for it.' })
  rating!: number | null

  @Field(() => String, { nullable: true, description: 'In their words; personal values in it are masked.' })
  @Directive('@freeText')
  note!: string | null

  @Field(() => DateTime, { description: 'When.' })
  at!: string
}

/** Feedback that somebody of the company gave here: the last of each person. */
export interface SaidFeedback extends CallFeedback {
  byId: string
}
