import type { CallLookup } from './calls.js'
import type { Consents } from './consents.js'
import type { CustomerFollower, CustomerLookup } from './customers.js'
import type { Dialling } from './dialling.js'
import type { AutomaticGrants, GrantSource } from './grants.js'
import type { Notices } from './notices.js'
import type { PastCalls } from './pastCalls.js'
import type { Desk, OwnerFollower, PeopleSource } from './people.js'

/** What would run the wrong way between subgraphs goes through these; hub.ts joins them. */
export interface Ports {
  people: PeopleSource
  grants: GrantSource
  automaticGrants: AutomaticGrants
  desk: Desk
  owners: OwnerFollower
  customers: CustomerLookup
  calls: CallLookup
  follower: CustomerFollower
  consents: Consents
  notices: Notices
  dialling: Dialling
  pastCalls: PastCalls
}

export * from './abilities.js'
export * from './calls.js'
export * from './connector.js'
export * from './consents.js'
export * from './customers.js'
export * from './dialling.js'
export * from './facts.js'
export * from './grants.js'
export * from './loading.js'
export * from './notices.js'
export * from './pastCalls.js'
export * from './people.js'
