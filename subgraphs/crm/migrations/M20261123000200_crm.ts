import { Migration } from '@mikro-orm/migrations'

export class M20261123000200_crm extends Migration {
  override up(): void {
    this.addSql(`create schema if not exists crm`)
    this.addSql(`
      create table crm.customer (
        id uuid primary key,
        version int not null default 1,
        name text,
        name_sort text not null default '',
        raw_name_cipher bytea,
        company text,
        stage text not null check (stage in ('LEAD', 'CONTACTED', 'QUALIFIED', 'WON', 'LOST')),
        stage_label text,
        source text,
        tags text[] not null default '{}',
        do_not_call boolean not null default false,
        extra jsonb not null default '{}',
        internal_note text,
        owner_id text,
        team_id text,
        email_masked text,
        email_cipher bytea,
        email_index text,
        address_masked text,
        address_cipher bytea,
        created_at timestamptz(3) not null,
        updated_at timestamptz(3) not null,
        archived_at timestamptz(3),
        check (owner_id is not null or team_id is null)
      )`)
    for (const order of ['updated_at', 'created_at', 'name_sort']) {
      this.addSql(`create index customer_${order} on crm.customer (${order}, id)`)
      this.addSql(`create index customer_owner_${order} on crm.customer (owner_id, ${order}, id)`)
      this.addSql(`create index customer_team_${order} on crm.customer (team_id, ${order}, id)`)
    }
    this.addSql(`create index customer_email on crm.customer (email_index) where email_index is not null`)
    this.addSql(`create index customer_tags on crm.customer using gin (tags)`)
    this.addSql(`
      create table crm.customer_phone (
        id uuid primary key,
        customer_id uuid not null references crm.customer (id) on delete cascade,
        position int not null check (position >= 0),
        kind text not null,
        masked text not null,
        tail text,
        cipher bytea,
        raw_cipher bytea,
        index text,
        region text,
        carrier text,
        source text,
        created_at timestamptz(3) not null,
        unique (customer_id, position)
      )`)
    this.addSql(`create index customer_phone_index on crm.customer_phone (index) where index is not null`)
    this.addSql(
      `create unique index customer_phone_once on crm.customer_phone (customer_id, index) where index is not null`,
    )
    this.addSql(`create index customer_phone_tail on crm.customer_phone (tail) where tail is not null`)
    this.addSql(`
      create table crm.external_id (
        system_id text not null,
        external_id text not null,
        customer_id uuid not null references crm.customer (id) on delete cascade,
        url text,
        primary key (system_id, external_id)
      )`)
    this.addSql(`create unique index external_id_customer on crm.external_id (customer_id, system_id)`)
    this.addSql(`
      create table crm.deal (
        id uuid primary key,
        version int not null default 1,
        customer_id uuid not null references crm.customer (id) on delete cascade,
        owner_id text,
        team_id text,
        system_id text,
        order_no text,
        title text,
        amount numeric(20, 4),
        currency text not null check (currency ~ '^[A-Z]{3}$'),
        cost numeric(20, 4),
        stage text not null check (stage in ('OPEN', 'WON', 'LOST')),
        created_at timestamptz(3) not null,
        updated_at timestamptz(3) not null,
        closed_at timestamptz(3)
      )`)
    this.addSql(
      `create unique index deal_order_no on crm.deal (coalesce(system_id, ''), order_no) where order_no is not null`,
    )
    this.addSql(`create index deal_customer on crm.deal (customer_id, created_at, id)`)
    this.addSql(`create index deal_created on crm.deal (created_at, id)`)
    this.addSql(`create index deal_owner on crm.deal (owner_id, created_at, id)`)
    this.addSql(`create index deal_team on crm.deal (team_id, created_at, id)`)
    this.addSql(`
      create table crm.follow_up (
        id uuid primary key,
        version int not null default 1,
        customer_id uuid not null references crm.customer (id) on delete cascade,
        owner_id text,
        team_id text,
        author_id text,
        call_id uuid,
        channel text not null check (channel in ('PHONE', 'VISIT', 'EMAIL', 'CHAT', 'OTHER')),
        note text,
        due_at timestamptz(3),
        done_at timestamptz(3),
        created_at timestamptz(3) not null
      )`)
    this.addSql(`create index follow_up_customer on crm.follow_up (customer_id, created_at, id)`)
    this.addSql(`create index follow_up_created on crm.follow_up (created_at, id)`)
    this.addSql(`create index follow_up_owner on crm.follow_up (owner_id, created_at, id)`)
    this.addSql(`create index follow_up_team on crm.follow_up (team_id, created_at, id)`)
    this.addSql(`create index follow_up_open on crm.follow_up (author_id, due_at) where done_at is null`)
  }
}
