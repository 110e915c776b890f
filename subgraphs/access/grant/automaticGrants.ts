import { Role } from '../../../kernel/ability/index.js'
import type { Change } from '../../../kernel/changes/index.js'
import type { Kernel } from '../../../kernel/context/index.js'
import { ACCESS_TOPIC } from '../../../kernel/feed/index.js'
import { newId } from '../../../kernel/id.js'
import type { AutomaticGrants, CallOffer } from '../../../kernel/ports/index.js'
import { Person } from '../person/person.entity.js'
import { PersonState } from '../person/personState.js'
import { AccessGrant } from './accessGrant.entity.js'
import { automaticRules } from './automaticRules.js'
import { endOfGrant } from './grantPeriod.js'
import { recordGrant } from './recordGrant.js'

/** Those who talk with customers. The rest see what their role lets them see, whatever rings. */
const TAKES_CALLS = [Role.AGENT, Role.SUPERVISOR]

/** Opens the one matching customer of a ringing call to those it rings at, and closes them again after the call. */
export class CallGrants implements AutomaticGrants {
  constructor(private readonly kernel: () => Kernel) {}

  /** Where the customers of a call become others (one of several candidates is chosen), its grants open those instead. */
  async offered(change: Change, offers: readonly CallOffer[]): Promise<void> {
    const { em, at } = change
    const current = offers.filter(({ agentIds, endedAt }) => agentIds.length > 0 && endOfGrant(at, endedAt) > at)
    if (current.length === 0) return
    const callIds = current.map(({ callId }) => callId)
    const known = await em.find(AccessGrant, { callId: { $in: callIds }, automatic: true }, { filters: false })
    const people = await em.find(
      Person,
      {
        id: { $in: current.flatMap(({ agentIds }) => agentIds) },
        state: PersonState.ACTIVE,
        role: { $in: TAKES_CALLS },
      },
      { filters: false },
    )
    const opened: AccessGrant[] = []
    for (const offer of current) {
      for (const person of people.filter(({ id }) => offer.agentIds.includes(id))) {
        const grant = known.find(({ callId, personId }) => callId === offer.callId && personId === person.id)
        if (grant && (grant.endedAt || sameSet(grant.customerIds, offer.customerIds))) continue
        const opens = { rules: automaticRules(offer), customerIds: [...offer.customerIds] }
        const endsAt = endOfGrant(at, offer.endedAt)
        opened.push(grant ? em.assign(grant, opens) : this.#open(change, person, offer, opens, endsAt))
      }
    }
    for (const grant of opened) recordGrant(change, 'AccessGrant.opened', grant)
    tellHolders(change, opened)
  }

  async ended(change: Change, calls: readonly { callId: string; endedAt: Date }[]): Promise<void> {
    if (calls.length === 0) return
    const callIds = calls.map(({ callId }) => callId)
    const grants = await change.em.find(
      AccessGrant,
      { callId: { $in: callIds }, automatic: true, endedAt: null },
      { filters: false },
    )
    const shortened: AccessGrant[] = []
    for (const grant of grants) {
      const { endedAt } = calls.find(({ callId }) => callId === grant.callId)!
      const endsAt = endOfGrant(grant.startsAt, endedAt)
      if (endsAt >= grant.endsAt) continue
      grant.endsAt = endsAt
      shortened.push(grant)
      recordGrant(change, 'AccessGrant.shortened', grant)
    }
    tellHolders(change, shortened)
  }

  #open(
    { em, at }: Change,
    person: Person,
    { callId }: CallOffer,
    opens: Pick<AccessGrant, 'rules' | 'customerIds'>,
    endsAt: Date,
  ): AccessGrant {
    return em.create(AccessGrant, {
      id: newId(this.kernel().clock),
      personId: person.id,
      teamId: person.teamId,
      automatic: true,
      callId,
      ...opens,
      startsAt: at,
      endsAt,
      endedAt: null,
      endedById: null,
    })
  }
}

const tellHolders = (change: Change, grants: readonly AccessGrant[]): void => {
  if (grants.length > 0) change.emit(ACCESS_TOPIC, { personIds: [...new Set(grants.map(({ personId }) => personId))] })
}

const sameSet = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every(id => b.includes(id))
