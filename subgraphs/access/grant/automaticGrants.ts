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
  async offered(change: Change, offer: CallOffer): Promise<void> {
    const { em, at } = change
    const { callId, agentIds, customerIds, endedAt } = offer
    const endsAt = endOfGrant(at, endedAt)
    if (endsAt <= at || agentIds.length === 0) return
    const known = await em.find(AccessGrant, { callId, automatic: true }, { filters: false })
    const people = await em.find(
      Person,
      { id: { $in: agentIds }, state: PersonState.ACTIVE, role: { $in: TAKES_CALLS } },
      { filters: false },
    )
    const opened: AccessGrant[] = []
    for (const person of people) {
      const grant = known.find(({ personId }) => personId === person.id)
      if (grant && (grant.endedAt || sameSet(grant.customerIds, customerIds))) continue
      const opens = { rules: automaticRules(offer), customerIds: [...customerIds] }
      opened.push(grant ? em.assign(grant, opens) : this.#open(change, person, offer, opens, endsAt))
    }
    for (const grant of opened) recordGrant(change, 'AccessGrant.opened', grant)
    if (opened.length > 0) change.emit(ACCESS_TOPIC, { personIds: opened.map(({ personId }) => personId) })
  }

  async ended(change: Change, callId: string, at: Date): Promise<void> {
    const grants = await change.em.find(AccessGrant, { callId, automatic: true, endedAt: null }, { filters: false })
    const shortened = grants.filter(grant => endOfGrant(grant.startsAt, at) < grant.endsAt)
    for (const grant of shortened) {
      grant.endsAt = endOfGrant(grant.startsAt, at)
      recordGrant(change, 'AccessGrant.shortened', grant)
    }
    if (shortened.length > 0) change.emit(ACCESS_TOPIC, { personIds: shortened.map(({ personId }) => personId) })
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

const sameSet = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every(id => b.includes(id))
