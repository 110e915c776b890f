import { sql } from 'kysely'
import type { Kernel } from '../../../kernel/context/index.js'
import { remember } from '../../../kernel/remember.js'
import type { PresenceWord } from './agentState.js'

/** The last words on the phones that these people have now, by person. */
export async function presenceOf(
  kernel: Kernel,
  personIds: readonly string[],
  at: Date,
): Promise<Map<string, PresenceWord[]>> {
  const em = kernel.systemEm()
  const held = await kernel.ports.desk.extensionsOf(em, personIds, at)
  const holders = new Map(
    [...held].flatMap(([id, extensions]) => extensions.map(extension => [extension, id] as const)),
  )
  if (holders.size === 0) return new Map()
  const { rows } = await sql<Omit<PresenceWord, 'at' | 'until'> & { at: string; until: string | null }>`
    select system_id as "systemId", extension, aspect, queue, at, state, until from call.presence
    where extension = any(${[...holders.keys()]}::text[])`.execute(em.getKysely<unknown>())
  const words = new Map<string, PresenceWord[]>()
  for (const { at: said, until, ...row } of rows) {
    const word = { ...row, at: new Date(said), until: until === null ? null : new Date(until) }
    remember(words, holders.get(row.extension)!, () => []).push(word)
  }
  return words
}
