import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy'

/** A supervisor of a team that is not their own. Not part of the graph. */
@Entity({ schema: 'access', tableName: 'team_supervisor' })
export class TeamSupervisor {
  @PrimaryKey({ type: 'uuid' })
  id!: string

  @Property({ type: 'text' })
  teamId!: string

  @Property({ type: 'text' })
  personId!: string
}
