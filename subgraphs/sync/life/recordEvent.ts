import { Directive, Field, ObjectType } from 'type-graphql'
import { DateTime } from '../../../kernel/scalars.js'
import { System } from '../system/system.entity.js'

@ObjectType({ description: 'One thing that happened to a record, in plain words.' })
export class RecordEvent {
  @Field(() => DateTime, { description: 'When it happened; of what a system told, by the clock of that system.' })
  at!: Date

  @Field(() => DateTime, {
    nullable: true,
    description: 'When the hub heard of it, where a system told it: what is told late changes a record late.',
  })
  heardAt!: Date | null

  @Field(() => String, {
    description:
      'What sort of event it is: HEARD from a system, LINK to a customer, SCREEN that was opened, AUDIT of what somebody did, NOTE on what is told here.',
  })
  stage!: string

  @Field(() => String, {
    description: 'In plain words, in the language of the viewer. Personal values in it are masked, whoever reads it.',
  })
  @Directive('@freeText')
  text!: string

  @Field(() => System, { nullable: true, description: 'The connected system that told it.' })
  system!: System | null
}
