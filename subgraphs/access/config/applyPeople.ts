import type { Change } from '../../../kernel/changes/index.js'
import type { PersonConfig } from '../../../kernel/config/index.js'
import type { Kernel } from '../../../kernel/context/index.js'
import { newId } from '../../../kernel/id.js'
import { changePerson } from '../person/changePerson.js'
import { Identity } from '../person/identity.entity.js'
import { Person } from '../person/person.entity.js'
import { PersonState } from '../person/personState.js'

/** Who is suspended or has left stays so: the file does not say. */
export async function applyPeople(
  kernel: Kernel,
  change: Change,
  people: readonly PersonConfig[],
  issuer: string,
): Promise<void> {
  const { em } = change
  const known = new Map(
    (await em.find(Person, { id: { $in: people.map(({ id }) => id) } })).map(person => [person.id, person]),
  )
  for (const { id, name, role, teamId, deputyId } of people) {
    const person = known.get(id)
    if (person) await changePerson(kernel, change, person, { name, role, teamId, deputyId })
    else em.create(Person, { id, name, role, teamId, deputyId, state: PersonState.ACTIVE })
  }
  await applyIdentities(kernel, change, people, issuer)
}

async function applyIdentities(
  kernel: Kernel,
  { em }: Change,
  people: readonly PersonConfig[],
  ownIssuer: string,
): Promise<void> {
  const named = people.flatMap(({ id, identities }) =>
    identities.map(({ issuer, subject }) => ({ issuer: issuer ?? ownIssuer, subject, personId: id })),
  )
  const known = await em.find(Identity, { subject: { $in: named.map(({ subject }) => subject) } })
  for (const { issuer, subject, personId } of named) {
    const identity = known.find(one => one.issuer === issuer && one.subject === subject)
    if (identity) identity.personId = personId
    else em.create(Identity, { id: newId(kernel.clock), issuer, subject, personId })
  }
}
