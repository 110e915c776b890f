import { Migration } from '@mikro-orm/migrations'

export class M20261123000300_call extends Migration {
  override up(): void {
    this.addSql(`create schema if not exists call`)
    this.addSql(`
      create table call.call (
        id uuid primary key,
        version int not null default 1,
        system_id text not null,
        external_id text not null,
        direction text not null check (direction in ('INBOUND', 'OUTBOUND', 'INTERNAL')),
        status text not null check (status in ('DIALING', 'QUEUED', 'RINGING', 'ANSWERED', 'HELD', 'ENDED')),
        outcome text,
        hangup_cause text,
        customer_id uuid,
        linked_by text check (linked_by in ('NUMBER', 'PERSON')),
        owner_id text,
        customer_team_id text,
        candidate_ids uuid[] not null default '{}',
        agent_id text,
        team_id text,
        phone_masked text,
        phone_cipher bytea,
        phone_index text,
        phone_kind text,
        phone_region text,
        phone_carrier text,
        queue text,
        line_id text,
        started_at timestamptz(3) not null,
        ringing_at timestamptz(3),
        answered_at timestamptz(3),
        ended_at timestamptz(3),
        ring_seconds int check (ring_seconds >= 0),
        talk_seconds int check (talk_seconds >= 0),
        duration_seconds int check (duration_seconds >= 0),
        disposition text,
        needs_callback boolean not null default false,
        milestones text[] not null default '{}',
        legs jsonb not null default '[]',
        feedback jsonb not null default '[]',
        recording_cipher bytea,
        created_at timestamptz(3) not null,
        updated_at timestamptz(3) not null,
        unique (system_id, external_id)
      )`)
    this.addSql(`create index call_started on call.call (started_at, id)`)
    this.addSql(`create index call_customer on call.call (customer_id, started_at, id) where customer_id is not null`)
    this.addSql(`create index call_agent on call.call (agent_id, started_at, id) where agent_id is not null`)
    this.addSql(`create index call_owner on call.call (owner_id, started_at, id) where owner_id is not null`)
    this.addSql(`create index call_team on call.call (team_id, started_at, id) where team_id is not null`)
    this.addSql(`create index call_phone on call.call (phone_index, started_at) where phone_index is not null`)
    this.addSql(`create index call_live on call.call (agent_id) where status <> 'ENDED'`)
    this.addSql(`create index call_callback on call.call (started_at, id) where needs_callback`)
    this.addSql(
      `create index call_unlinked on call.call (started_at, id) where customer_id is null and direction <> 'INTERNAL'`,
    )
    this.addSql(`
      create table call.call_fact (
        system_id text not null,
        key text not null,
        call_external_id text not null,
        received_at timestamptz(3) not null,
        fact bytea not null,
        primary key (system_id, key)
      )`)
    this.addSql(`create index call_fact_call on call.call_fact (system_id, call_external_id)`)
    this.addSql(`create index call_fact_received on call.call_fact (received_at)`)
  }
}
