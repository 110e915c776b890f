import type { EntityManager } from '@mikro-orm/postgresql'
import { Role } from '../../../kernel/ability/index.js'
import type { Kernel } from '../../../kernel/context/index.js'
import type { LoadProblem, NamedPerson } from '../../../kernel/ports/index.js'
import { remember } from '../../../kernel/remember.js'
import { lockOwner, POOL } from '../customer/newOwner.js'

type Owner = { id: string | null; teamId: string | null }

/** Whom a list means by an id or a name, with their team as it is when the transaction ends. Whom nobody knows leaves the customer in the pool. */
export async function ownersOf(
  kernel: Kernel,
  em: EntityManager,
  wanted: readonly string[],
  hold: boolean,
): Promise<(owner: string | null, problems: LoadProblem[]) => Owner> {
  const texts = [...new Set(wanted)]
  const ids = (await careOf(kernel, em, texts)).map(({ id }) => id)
  if (hold && ids.length > 0) await lockOwner(kernel, em, ...ids)
  // Read again: somebody may have changed teams before the lock was ours.
  const people = ids.length > 0 ? await careOf(kernel, em, texts) : []
  const byText = new Map<string, NamedPerson[]>()
  for (const person of people)
    for (const text of new Set([person.id, person.name])) remember(byText, text, () => []).push(person)
  return (owner, problems) => {
    if (owner === null) return { id: POOL.ownerId, teamId: POOL.teamId }
    const named = byText.get(owner) ?? []
    const one = named.find(({ id }) => id === owner) ?? (named.length === 1 ? named[0] : undefined)
    if (one) return { id: one.id, teamId: one.teamId }
    problems.push({ field: 'owner', reason: named.length > 1 ? 'SEVERAL_PEOPLE' : 'NO_PERSON' })
    return { id: POOL.ownerId, teamId: POOL.teamId }
  }
}

/** Those of them who may care for customers. */
async function careOf(kernel: Kernel, em: EntityManager, texts: readonly string[]): Promise<NamedPerson[]> {
  const people = await kernel.ports.people.named(em, texts)
  return people.filter(({ role, active }) => active && (role === Role.AGENT || role === Role.SUPERVISOR))
}
