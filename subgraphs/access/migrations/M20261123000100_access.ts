import { Migration } from '@mikro-orm/migrations'

export class M20261123000100_access extends Migration {
  override up(): void {
    this.addSql(`create schema if not exists access`)
    // A range over text lets one exclusion constraint compare names and periods without an extension that a server may not have.
    this.addSql(`create type access.name_range as range (subtype = text)`)
    this.addSql(`
      create table access.team (
        id text primary key,
        version int not null default 1,
        name text not null,
        parent_id text references access.team deferrable initially deferred,
        check (parent_id <> id)
      )`)
    this.addSql(`create index team_parent on access.team (parent_id) where parent_id is not null`)
    this.addSql(`create index team_name on access.team (name, id)`)
    this.addSql(`
      create table access.person (
        id text primary key,
        version int not null default 1,
        name text not null,
        role text not null check (role in ('AGENT', 'SUPERVISOR', 'ADMIN', 'ANALYST', 'AUDITOR', 'PROGRAM')),
        team_id text references access.team deferrable initially deferred,
        state text not null check (state in ('ACTIVE', 'SUSPENDED', 'LEFT')),
        deputy_id text references access.person deferrable initially deferred,
        check (deputy_id <> id)
      )`)
    this.addSql(`create index person_team on access.person (team_id) where team_id is not null`)
    this.addSql(`create index person_name on access.person (name, id)`)
    this.addSql(`
      create table access.identity (
        id uuid primary key,
        issuer text not null,
        subject text not null,
        person_id text not null references access.person deferrable initially deferred,
        unique (issuer, subject)
      )`)
    this.addSql(`create index identity_person on access.identity (person_id)`)
    this.addSql(`
      create table access.team_supervisor (
        id uuid primary key,
        team_id text not null references access.team deferrable initially deferred,
        person_id text not null references access.person deferrable initially deferred,
        unique (team_id, person_id)
      )`)
    this.addSql(`create index team_supervisor_person on access.team_supervisor (person_id)`)
    this.addSql(`
      create table access.holding (
        id uuid primary key,
        kind text not null check (kind in ('EXTENSION', 'QUEUE')),
        name text not null check (name <> ''),
        holder_id text not null,
        starts_at timestamptz(3) not null,
        ends_at timestamptz(3),
        check (ends_at > starts_at),
        constraint holding_alone exclude using gist (
          access.name_range(kind || ':' || name, kind || ':' || name, '[]') with &&,
          tstzrange(starts_at, ends_at) with &&
        )
      )`)
    this.addSql(`create index holding_name on access.holding (kind, name, starts_at)`)
    this.addSql(`create index holding_holder on access.holding (kind, holder_id) where ends_at is null`)
    this.addSql(`
      create table access.access_grant (
        id uuid primary key,
        person_id text not null references access.person deferrable initially deferred,
        team_id text,
        automatic boolean not null,
        call_id uuid,
        rules jsonb not null,
        customer_ids uuid[] not null default '{}',
        starts_at timestamptz(3) not null,
        ends_at timestamptz(3) not null,
        ended_at timestamptz(3),
        ended_by_id text,
        check (not automatic or call_id is not null)
      )`)
    this.addSql(`create unique index access_grant_call on access.access_grant (call_id, person_id) where automatic`)
    this.addSql(`create index access_grant_live on access.access_grant (person_id, ends_at) where ended_at is null`)
    this.addSql(`create index access_grant_started on access.access_grant (starts_at, id)`)
    this.addSql(`create index access_grant_person on access.access_grant (person_id, starts_at, id)`)
    this.addSql(`create index access_grant_team on access.access_grant (team_id, starts_at, id)`)
    this.addSql(`create index audit_entry_grant on hub.audit_entry (grant_id) where grant_id is not null`)
  }
}
