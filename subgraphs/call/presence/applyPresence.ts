import { sql } from 'kysely'
import type { Change } from '../../../kernel/changes/index.js'
import type { PresenceFact } from '../../../kernel/ports/index.js'
import { latestWords } from './latestWords.js'

/** Keeps the last word on each phone, in whatever order and however often it is told. */
export async function applyPresence(
  { em, at }: Change,
  systemId: string,
  facts: readonly PresenceFact[],
): Promise<void> {
  const words = latestWords(facts)
  if (words.length === 0) return
  // In one order, so that two transactions that meet wait for each other in turn.
  const rows = words
    .map(({ queue = '', until = null, ...word }) => ({ ...word, queue, until }))
    .sort((a, b) => (place(a) < place(b) ? -1 : 1))
  await sql`
    insert into call.presence as known (system_id, extension, aspect, queue, at, key, state, until, received_at)
    select ${systemId}, w.extension, w.aspect, w.queue, w.at, w.key, w.state, w.until, ${at}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as w(
      extension text, aspect text, queue text, at timestamptz(3), key text, state text, until timestamptz(3))
    on conflict (system_id, extension, aspect, queue) do update
      set at = excluded.at, key = excluded.key, state = excluded.state, until = excluded.until, received_at = excluded.received_at
      where (excluded.at, excluded.key collate "C") > (known.at, known.key collate "C")`.execute(
    em.getKysely<unknown>(),
  )
}

const place = ({ extension, aspect, queue }: { extension: string; aspect: string; queue: string }): string =>
  JSON.stringify([extension, aspect, queue])
