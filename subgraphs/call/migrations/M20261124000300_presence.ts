import { Migration } from '@mikro-orm/migrations'

export class M20261124000300_presence extends Migration {
  override up(): void {
    this.addSql(`
      create table call.presence (
        system_id text not null,
        extension text not null,
        aspect text not null check (aspect in ('DEVICE', 'WORK')),
        -- Empty where it is said of all queues.
        queue text not null default '',
        at timestamptz(3) not null,
        key text not null,
        state text not null check (state in ('OFFLINE', 'AVAILABLE', 'AWAY', 'WRAP_UP')),
        until timestamptz(3),
        received_at timestamptz(3) not null,
        primary key (system_id, extension, aspect, queue)
      )`)
    this.addSql(`create index presence_extension on call.presence (extension)`)
  }
}
