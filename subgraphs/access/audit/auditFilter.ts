import { type RawBuilder, type SqlBool, sql } from 'kysely'
import { Field, ID, InputType } from 'type-graphql'
import type { HubContext } from '../../../kernel/context/index.js'
import { column, isUuid } from '../../../kernel/orm/index.js'
import { DateTime } from '../../../kernel/scalars.js'
import { AuditEntry } from './auditEntry.entity.js'
import { AuditKind } from './auditKind.js'

@InputType({ description: 'Narrows the audit; entries must fit all that is given.' })
export class AuditFilter {
  @Field(() => ID, { nullable: true, description: 'Only what this person did.' })
  actor?: string | null

  @Field(() => AuditKind, { nullable: true, description: 'Only acts of this sort.' })
  kind?: AuditKind | null

  @Field(() => String, { nullable: true, description: 'Only what was done to rows of this type.' })
  subjectType?: string | null

  @Field(() => ID, { nullable: true, description: 'Only what was done to the row with this id.' })
  subjectId?: string | null

  @Field(() => ID, { nullable: true, description: 'Only what concerns this customer.' })
  customerId?: string | null

  @Field(() => DateTime, { nullable: true, description: 'Only from this moment on.' })
  from?: Date | null

  @Field(() => DateTime, { nullable: true, description: 'Only before this moment.' })
  to?: Date | null
}

export function auditCondition({ em }: HubContext, filter: AuditFilter | null): RawBuilder<SqlBool> {
  const is = (property: keyof AuditEntry) => column(em, AuditEntry, property)
  const { actor, kind, subjectType, subjectId, customerId, from, to } = filter ?? {}
  const tests = [
    actor && sql<SqlBool>`${is('actorId')} = ${actor}`,
    kind && sql<SqlBool>`${is('kind')} = ${kind}`,
    subjectType && sql<SqlBool>`${is('subjectType')} = ${subjectType}`,
    subjectId && sql<SqlBool>`${is('subjectId')} = ${subjectId}`,
    customerId && (isUuid(customerId) ? sql<SqlBool>`${is('customerId')} = ${customerId}` : sql<SqlBool>`false`),
    from && sql<SqlBool>`${is('at')} >= ${from}`,
    to && sql<SqlBool>`${is('at')} < ${to}`,
  ].filter(test => test != null && test !== '')
  return tests.length > 0 ? sql<SqlBool>`(${sql.join(tests, sql` and `)})` : sql<SqlBool>`true`
}
