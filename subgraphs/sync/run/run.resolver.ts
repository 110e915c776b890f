import { type SqlBool, sql } from 'kysely'
import { Arg, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql'
import type { HubContext } from '../../../kernel/context/index.js'
import { column } from '../../../kernel/orm/index.js'
import { connectionOf, type Order, type Page, pageOf } from '../../../kernel/page/index.js'
import { Cursor, DateTime } from '../../../kernel/scalars.js'
import { System } from '../system/system.entity.js'
import { expectedEnd } from './expectedEnd.js'
import { RunState, SyncRun } from './run.entity.js'

export const { Connection: SyncRunConnection } = connectionOf(SyncRun)
const NEWEST: Order<SyncRun> = { name: 'run:started', by: 'startedAt', direction: 'desc' }

@Resolver(() => SyncRun)
export class SyncRunResolver {
  @Query(() => SyncRunConnection, { nullable: true, description: 'Imports and back-fills, newest first.' })
  syncRuns(
    @Arg('system', () => ID, { nullable: true, description: 'Only those of this system.' }) system: string | null,
    @Arg('first', () => Int, { nullable: true, defaultValue: 20, description: 'How many, 100 at most.' }) first:
      | number
      | null,
    @Arg('after', () => Cursor, { nullable: true, description: 'Cursor of the row to go on after.' }) after:
      | string
      | null,
    @Ctx() ctx: HubContext,
  ): Promise<Page<SyncRun>> {
    const rows = ctx.rows(SyncRun)
    const wanted = system ? rows.where(sql<SqlBool>`${column(ctx.em, SyncRun, 'systemId')} = ${system}`) : rows
    return pageOf(ctx, SyncRun, wanted, NEWEST, { first, after })
  }

  @FieldResolver(() => System, { nullable: true, description: 'The system whose records it works on.' })
  system(@Root() run: SyncRun, @Ctx() ctx: HubContext): Promise<System | null> {
    return ctx.byId(System, run.systemId)
  }

  @FieldResolver(() => DateTime, { nullable: true, description: 'When it will end if it goes on like this.' })
  expectedEnd(@Root() run: SyncRun, @Ctx() ctx: HubContext): Date | null {
    return run.state === RunState.RUNNING ? expectedEnd(new Date(run.startedAt), run.progress, ctx.now) : null
  }
}
