import { Migration } from '@mikro-orm/migrations'

export class M20261124000310_dial extends Migration {
  override up(): void {
    this.addSql(`alter table call.call add column said jsonb not null default '[]'`)
    this.addSql(`
      create table call.disposition (
        id text primary key,
        version int not null default 1,
        name text not null unique,
        position int not null,
        active boolean not null default true
      )`)
    // Whether somebody is talking with a number just now is asked whenever one is dialled.
    this.addSql(`create index call_live_phone on call.call (phone_index) where status <> 'ENDED'`)
  }
}
