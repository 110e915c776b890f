import { Migration } from '@mikro-orm/migrations'

export class M20261124000400_runs extends Migration {
  override up(): void {
    this.addSql(`
      create table sync.run (
        id uuid primary key,
        system_id text not null,
        name text not null,
        state text not null check (state in ('RUNNING', 'DONE', 'FAILED', 'CUT_SHORT')),
        progress double precision check (progress between 0 and 1),
        records int not null default 0,
        changed int not null default 0,
        rejected int not null default 0,
        started_at timestamptz(3) not null,
        heard_at timestamptz(3) not null,
        ended_at timestamptz(3),
        error text,
        subject text,
        mark jsonb
      )`)
    this.addSql(`create index run_started on sync.run (started_at, id)`)
    this.addSql(`create index run_subject on sync.run (system_id, name, subject, started_at)`)
    this.addSql(`
      create table sync.gap (
        id uuid primary key,
        system_id text not null,
        from_at timestamptz(3) not null,
        to_at timestamptz(3),
        closed_at timestamptz(3),
        read_at timestamptz(3),
        tries int not null default 0,
        next_at timestamptz(3),
        check (to_at is null or to_at >= from_at)
      )`)
    this.addSql(`create unique index gap_open on sync.gap (system_id) where to_at is null`)
    this.addSql(`create index gap_waiting on sync.gap (system_id, from_at) where closed_at is null`)
    this.addSql(
      `alter table sync.system add column complete_until timestamptz(3), add column hooks_until timestamptz(3)`,
    )
  }
}
