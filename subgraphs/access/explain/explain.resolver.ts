import { Arg, Ctx, Field, ID, ObjectType, Query, Resolver } from 'type-graphql'
import { Role } from '../../../kernel/ability/index.js'
import type { HubContext } from '../../../kernel/context/index.js'
import { forbidden, notFound } from '../../../kernel/errors.js'
import { Person } from '../person/person.entity.js'
import { explain } from './explain.js'
import { rowOf } from './rowOf.js'
import { inWords } from './words.js'

@ObjectType({ description: 'Whether somebody may read something, and why.' })
export class AccessExplanation {
  @Field(() => Boolean, { description: 'Whether they may read it, be it masked.' })
  allowed!: boolean

  @Field(() => [String], { description: 'The rules and grants that decide it, or their absence, in sentences.' })
  because!: string[]
}

@Resolver(() => AccessExplanation)
export class ExplainResolver {
  @Query(() => AccessExplanation, {
    nullable: true,
    description: 'Why this person can or cannot read this field. Administrators only; the question is audited.',
  })
  async explainAccess(
    @Arg('person', () => ID, { description: 'Whose access.' }) personId: string,
    @Arg('type', () => String, { description: 'The type of the row, such as `Customer`.' }) type: string,
    @Arg('id', () => ID, { description: 'The id of the row.' }) id: string,
    @Arg('field', () => String, { description: 'The field, such as `phone`.' }) field: string,
    @Ctx() ctx: HubContext,
  ): Promise<AccessExplanation> {
    if (ctx.actor.role !== Role.ADMIN) throw forbidden('Administrators ask this.')
    if (!(await ctx.byId(Person, personId))) throw notFound('person')
    const row = await rowOf(ctx.kernel.systemEm(), type, id)
    ctx.accessed({
      action: 'Access.explained',
      subjectType: type,
      subjectId: id,
      fields: [field],
      detail: { personId },
    })
    const { allowed, findings } = explain(await ctx.kernel.actors.abilityOf(personId), { type, row, field })
    return { allowed, because: findings.map(finding => inWords(ctx.caller.lang, finding, { type, field })) }
  }
}
