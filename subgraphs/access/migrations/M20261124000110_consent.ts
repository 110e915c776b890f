import { Migration } from '@mikro-orm/migrations'

export class M20261124000110_consent extends Migration {
  override up(): void {
    // Nothing is changed afterwards: the last word counts, and those before it stay as evidence.
    this.addSql(`
      create table access.consent (
        seq bigint generated always as identity primary key,
        customer_id uuid not null,
        purpose text not null check (purpose in ('CONTACT', 'RECORDING', 'SHARING')),
        state text not null check (state in ('GRANTED', 'DECLINED', 'WITHDRAWN')),
        at timestamptz(3) not null,
        evidence text not null,
        by_id text not null
      )`)
    this.addSql(`create index consent_latest on access.consent (customer_id, purpose, at desc, seq desc)`)
  }
}
