import type { EntityManager } from '@mikro-orm/postgresql'
import { Role } from '../../../kernel/ability/index.js'
import type { Change } from '../../../kernel/changes/index.js'
import type { HubContext, Kernel } from '../../../kernel/context/index.js'
import { forbidden, notFound } from '../../../kernel/errors.js'
import type { CustomerRef } from '../../../kernel/ports/index.js'
import { Customer } from './customer.entity.js'

type Owner = Pick<CustomerRef, 'ownerId' | 'teamId'>

export const POOL: Owner = { ownerId: null, teamId: null }

/**
 * Until the transaction ends, what these people own changes here alone: who is given a customer while changing teams must not keep it
 * under the team before.
 */
export const lockOwner = (kernel: Kernel, em: EntityManager, ...ownerIds: string[]): Promise<void> =>
  kernel.lock(em, ...ownerIds.map(id => `owner:${id}`))

/** The person who is to care for a customer; NOT_FOUND where the viewer may not assign customers to them. */
export async function newOwner(ctx: HubContext, change: Change, id: string): Promise<Owner> {
  const person = await ownerNamed(ctx, change, id)
  if (!ctx.may('assign', Customer, person, 'owner')) throw notFound('person')
  return person
}

/** Agents care for whom they make; others name somebody whom they may assign customers to, or leave it to the pool. */
export async function firstOwner(ctx: HubContext, change: Change, wanted: string | null): Promise<Owner> {
  const { actor } = ctx
  if (actor.role !== Role.AGENT) return wanted === null ? POOL : newOwner(ctx, change, wanted)
  if (wanted !== null && wanted !== actor.id) throw forbidden()
  return ownerNamed(ctx, change, actor.id)
}

async function ownerNamed({ kernel }: HubContext, { em }: Change, id: string): Promise<Owner> {
  await lockOwner(kernel, em, id)
  const person = await kernel.ports.people.personById(em, id)
  if (person?.role !== Role.AGENT && person?.role !== Role.SUPERVISOR) throw notFound('person')
  return { ownerId: id, teamId: person.teamId }
}
