import { Ctx, Directive, Field, ID, InterfaceType, ObjectType, registerEnumType } from 'type-graphql'
import type { HubContext } from '../context/hubContext.js'

export enum Reveal {
  ALLOWED = 'ALLOWED',
  REQUESTABLE = 'REQUESTABLE',
  DENIED = 'DENIED',
}
registerEnumType(Reveal, {
  name: 'Reveal',
  description: 'Whether the viewer may read the full value now, may ask for access to it, or neither.',
})

export enum PhoneKind {
  MOBILE = 'MOBILE',
  LANDLINE = 'LANDLINE',
  SERVICE = 'SERVICE',
  FOREIGN = 'FOREIGN',
  UNKNOWN = 'UNKNOWN',
}
registerEnumType(PhoneKind, { name: 'PhoneKind', description: 'What sort of number it is.' })

/** The row and field that a value was read from: whether it may be revealed depends on them, and the guard fills them in. */
export interface Origin {
  type: string
  row: object
  field: string
}

@InterfaceType({
  description:
    'A personal value. `masked` is always safe; `full` needs permission to reveal, and reading it is audited.',
  resolveType: value => value.constructor.name,
})
export abstract class Sensitive {
  /** Ciphertext under the customer's own key; decrypted by `full` only. */
  readonly cipher: Buffer | null
  origin: Origin | undefined

  @Field(() => String, { description: 'Safe to show: at least four digits stay hidden.' })
  readonly masked: string

  constructor(masked: string, cipher: Buffer | null) {
    this.masked = masked
    this.cipher = cipher
  }

  @Field(() => String, {
    nullable: true,
    description:
      'The value itself; null with a FORBIDDEN error where the viewer may not reveal it. Every reading is audited.',
  })
  full(@Ctx() ctx: HubContext): Promise<string | null> {
    return ctx.reveals.read(this)
  }

  @Field(() => Reveal, { description: 'Whether the viewer may read `full`.' })
  reveal(@Ctx() ctx: HubContext): Reveal {
    return ctx.reveals.stateOf(this)
  }
}

export interface PhoneFacts {
  id: string
  kind: PhoneKind
  region: string | null
  carrier: string | null
  source: string | null
}

@ObjectType({ implements: Sensitive, description: 'A phone number.' })
@Directive('@shareable')
export class PhoneNumber extends Sensitive {
  @Field(() => ID, { description: 'Names this number of this record without showing it, for instance to dial it.' })
  readonly id: string

  @Field(() => PhoneKind, { description: 'What sort of number it is.' })
  readonly kind: PhoneKind

  @Field(() => String, { nullable: true, description: 'Province and city the number was issued in (归属地).' })
  readonly region: string | null

  @Field(() => String, { nullable: true, description: 'Carrier the number was issued by.' })
  readonly carrier: string | null

  @Field(() => ID, { nullable: true, description: 'The System the number came from.' })
  readonly source: string | null

  constructor(masked: string, cipher: Buffer | null, facts: PhoneFacts) {
    super(masked, cipher)
    this.id = facts.id
    this.kind = facts.kind
    this.region = facts.region
    this.carrier = facts.carrier
    this.source = facts.source
  }
}

@ObjectType({ implements: Sensitive, description: 'An e-mail address.' })
@Directive('@shareable')
export class EmailAddress extends Sensitive {}

@ObjectType({ implements: Sensitive, description: 'A personal text, such as an address.' })
@Directive('@shareable')
export class SensitiveText extends Sensitive {}
