import { Migration } from '@mikro-orm/migrations'

export class M20261123000000_hub extends Migration {
  override up(): void {
    this.addSql(`create schema if not exists hub`)
    this.addSql(`
      create table hub.audit_entry (
        id bigint generated always as identity primary key,
        at timestamptz(3) not null,
        actor_id text,
        program text,
        kind text not null check (kind in ('SYNC', 'CHANGE', 'PERMISSION', 'ACCESS')),
        action text not null,
        subject_type text,
        subject_id text,
        customer_id uuid,
        fields text[],
        grant_id text,
        system_id text,
        request_id text,
        detail jsonb
      )`)
    this.addSql(`create index audit_entry_at on hub.audit_entry (at, id)`)
    this.addSql(`create index audit_entry_actor on hub.audit_entry (actor_id, at)`)
    this.addSql(`create index audit_entry_customer on hub.audit_entry (customer_id, at) where customer_id is not null`)
    this.addSql(`create index audit_entry_subject on hub.audit_entry (subject_type, subject_id, at)`)
    this.addSql(`
      create table hub.feed_event (
        seq bigint generated always as identity primary key,
        topic text not null,
        at timestamptz(3) not null,
        epoch bigint,
        data jsonb not null
      )`)
    this.addSql(`create index feed_event_topic on hub.feed_event (topic, seq)`)
    this.addSql(`create index feed_event_at on hub.feed_event (at)`)
    this.addSql(`create table hub.feed_floor (topic text primary key, seq bigint not null)`)
    this.addSql(`
      create table hub.data_key (
        id uuid primary key,
        subject_id text not null unique,
        wrapped bytea not null,
        created_at timestamptz(3) not null
      )`)
    this.addSql(`
      create table hub.budget_use (
        person_id text not null,
        kind text not null,
        at timestamptz(3) not null,
        count int not null check (count > 0)
      )`)
    this.addSql(`create index budget_use_person on hub.budget_use (person_id, kind, at)`)
  }
}
