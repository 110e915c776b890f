import { Migration } from '@mikro-orm/migrations'

export class M20261123000400_sync extends Migration {
  override up(): void {
    this.addSql(`create schema if not exists sync`)
    this.addSql(`
      create table sync.system (
        id text primary key,
        name text not null,
        kind text not null check (kind in ('CALL', 'CRM', 'ERP', 'MARKETING')),
        connector text not null,
        state text not null check (state in ('REHEARSING', 'UP', 'DEGRADED', 'DOWN', 'PAUSED')),
        last_seen_at timestamptz(3),
        last_error text
      )`)
    this.addSql(`
      create table sync.inbox (
        id bigint generated always as identity primary key,
        system_id text not null,
        key text not null,
        received_at timestamptz(3) not null,
        payload bytea not null,
        state text not null default 'NEW' check (state in ('NEW', 'APPLIED', 'FAILED')),
        tries int not null default 0,
        error text,
        applied_at timestamptz(3),
        unique (system_id, key)
      )`)
    this.addSql(`create index inbox_new on sync.inbox (system_id, id) where state = 'NEW'`)
    this.addSql(`create index inbox_failed on sync.inbox (system_id, id) where state = 'FAILED'`)
    this.addSql(`create index inbox_applied on sync.inbox (applied_at) where applied_at is not null`)
    this.addSql(`
      create table sync.alert (
        id uuid primary key,
        severity text not null check (severity in ('INFO', 'WARNING', 'CRITICAL')),
        kind text not null,
        about text not null,
        title text not null,
        effect text,
        next_step text,
        affected int,
        system_id text,
        team_id text,
        owner text not null,
        opened_at timestamptz(3) not null,
        acknowledged_by_id text,
        closed_at timestamptz(3)
      )`)
    this.addSql(`create index alert_opened on sync.alert (opened_at, id)`)
    this.addSql(`create unique index alert_open on sync.alert (kind, about) where closed_at is null`)
  }
}
