import { Role } from '../../../kernel/ability/index.js'
import type { Change } from '../../../kernel/changes/index.js'
import type { HubContext } from '../../../kernel/context/index.js'
import { badInput, conflict, forbidden } from '../../../kernel/errors.js'
import { ACCESS_TOPIC } from '../../../kernel/feed/index.js'
import { newId } from '../../../kernel/id.js'
import { giveHoldings } from '../holding/giveHoldings.js'
import { Holding } from '../holding/holding.entity.js'
import { checkExtension, checkId, checkName } from '../input/check.js'
import { Team } from '../team/team.entity.js'
import { changePerson } from './changePerson.js'
import { Identity } from './identity.entity.js'
import { keepAnAdministrator } from './keepAnAdministrator.js'
import { Person } from './person.entity.js'
import type { IdentityInput, PersonInput } from './personInput.js'
import { PersonState } from './personState.js'

export async function savePerson(ctx: HubContext, input: PersonInput): Promise<void> {
  if (!ctx.mayAtAll('create', Person)) throw forbidden()
  await ctx.change(async change => {
    const { em } = change
    const { id } = input
    const values = await checked(change, input)
    if (input.version != null) {
      const fields = ['name', 'role', 'team', 'state', 'deputy', 'extensions', 'identities']
      const person = await ctx.open(Person, id, 'update', { fields, version: input.version, em })
      await changePerson(ctx.kernel, change, person, { ...values, ...(input.state && { state: input.state }) })
    } else {
      if (await em.findOne(Person, { id })) throw conflict('person')
      em.create(Person, { id: checkId('input.id', id), ...values, state: input.state ?? PersonState.ACTIVE })
      change.record({
        kind: 'PERMISSION',
        action: 'Person.rightsGiven',
        subjectType: 'Person',
        subjectId: id,
        detail: { role: values.role, teamId: values.teamId },
      })
    }
    await em.flush()
    await keepAnAdministrator(change)
    await giveExtensions(ctx, change, id, input.state === PersonState.LEFT ? [] : input.extensions)
    await addIdentities(ctx, change, id, input.identities ?? [])
    change.emit(ACCESS_TOPIC, { personIds: [id] })
  })
}

async function checked({ em }: Change, input: PersonInput) {
  const { id, role } = input
  const teamId = input.teamId ?? null
  const deputyId = input.deputyId ?? null
  if (role === Role.PROGRAM) throw badInput('input.role', 'A program is no person: it gets a token of its own.')
  if (teamId !== null && !(await em.findOne(Team, { id: teamId })))
    throw badInput('input.teamId', 'There is no such team.')
  if (deputyId === id) throw badInput('input.deputyId', 'Nobody stands in for themselves: choose somebody else.')
  if (deputyId !== null && !(await em.findOne(Person, { id: deputyId })))
    throw badInput('input.deputyId', 'There is no such person.')
  return { name: checkName('input.name', input.name), role, teamId, deputyId }
}

async function giveExtensions(
  { kernel }: HubContext,
  change: Change,
  personId: string,
  extensions: readonly string[] | null | undefined,
): Promise<void> {
  if (!extensions) return
  // Of two who claim one extension at once the second shall find it taken.
  await kernel.lock(change.em, 'access:extensions')
  const now = await change.em.find(Holding, { kind: 'EXTENSION', holderId: personId, endsAt: null }, { filters: false })
  const wanted = new Map<string, string | null>(now.map(({ name }) => [name, null]))
  for (const extension of extensions) wanted.set(checkExtension('input.extensions', extension), personId)
  const held = { kind: 'EXTENSION', name: { $in: [...extensions] }, holderId: { $ne: personId }, endsAt: null } as const
  const [taken] = await change.em.find(Holding, held, { filters: false, orderBy: { name: 'asc' } })
  // Taken away in silence, it would ring at one and be credited to the other.
  if (taken)
    throw badInput('input.extensions', `The extension ${taken.name} is somebody else's: take it from them first.`)
  await giveHoldings(kernel.clock, change, { kind: 'EXTENSION', wanted })
}

async function addIdentities(
  { kernel }: HubContext,
  { em }: Change,
  personId: string,
  identities: readonly IdentityInput[],
): Promise<void> {
  for (const { issuer, subject } of identities) {
    const known = await em.findOne(Identity, { issuer, subject }, { filters: false })
    if (known && known.personId !== personId)
      throw badInput('input.identities', 'This identity is somebody else here: a token can speak of one person only.')
    if (!known) em.create(Identity, { id: newId(kernel.clock), issuer, subject, personId })
  }
}
