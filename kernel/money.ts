import { Directive, Field, ObjectType } from 'type-graphql'
import { Decimal } from './scalars.js'

@ObjectType({ description: 'An amount of money.' })
@Directive('@shareable')
export class Money {
  @Field(() => Decimal, { description: 'Exact, as text.' })
  amount!: string

  @Field(() => String, { description: 'ISO 4217, such as CNY.' })
  currency!: string
}

/** Without the zeros that the database keeps behind the comma, but for two. */
export const money = (amount: string | null, currency: string): Money | null =>
  amount === null ? null : { amount: amount.replace(/(\.\d{2}\d*?)0+$/, '$1'), currency }
