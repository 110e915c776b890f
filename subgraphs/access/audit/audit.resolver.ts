import { Arg, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql'
import type { HubContext } from '../../../kernel/context/index.js'
import { forbidden } from '../../../kernel/errors.js'
import { connectionOf, type Order, type Page, pageOf } from '../../../kernel/page/index.js'
import { Cursor } from '../../../kernel/scalars.js'
import { Agent, agentById } from '../person/agent.js'
import { AuditEntry } from './auditEntry.entity.js'
import { AuditFilter, auditCondition } from './auditFilter.js'

export const { Connection: AuditEntryConnection } = connectionOf(AuditEntry)
const NEWEST: Order<AuditEntry> = { name: 'audit:at', by: 'at', direction: 'desc' }

/** What a filter may ask for stands in these fields; the customer is found by an index of its own. */
const FILTERED = ['at', 'actor', 'kind', 'subjectType', 'subjectId']

@Resolver(() => AuditEntry)
export class AuditResolver {
  @Query(() => AuditEntryConnection, {
    nullable: true,
    description: 'What was done, newest first. Administrators and auditors only.',
  })
  async auditTrail(
    @Arg('filter', () => AuditFilter, { nullable: true, description: 'Narrows the list.' }) filter: AuditFilter | null,
    @Arg('first', () => Int, { nullable: true, defaultValue: 50, description: 'How many, 100 at most.' }) first:
      | number
      | null,
    @Arg('after', () => Cursor, { nullable: true, description: 'Cursor of the row to go on after.' }) after:
      | string
      | null,
    @Ctx() ctx: HubContext,
  ): Promise<Page<AuditEntry>> {
    if (!ctx.mayAtAll('read', AuditEntry)) throw forbidden('Administrators and auditors read the audit.')
    const rows = ctx.rows(AuditEntry, { by: FILTERED }).where(auditCondition(ctx, filter))
    return pageOf(ctx, AuditEntry, rows, NEWEST, { first: first ?? 50, after })
  }

  @FieldResolver(() => Agent, { nullable: true, description: 'Who did it; null where a program did.' })
  actor(@Root() entry: AuditEntry, @Ctx() ctx: HubContext): Promise<Agent | null> {
    return agentById(ctx, entry.actorId)
  }

  @FieldResolver(() => ID, { nullable: true, description: 'The grant that allowed it, where no standing right did.' })
  grant(@Root() entry: AuditEntry): string | null {
    return entry.grantId
  }

  @FieldResolver(() => ID, { nullable: true, description: 'The connected system it came from or went to.' })
  system(@Root() entry: AuditEntry): string | null {
    return entry.systemId
  }
}
