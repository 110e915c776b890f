/** Who a token speaks for. */
export interface Identity {
  personId: string
  issuer: string
  subject: string
  /** When the token ends, and with it every socket opened by it. */
  expiresAt: Date
}

/** How the gateway finds out who calls. */
export interface Identities {
  /** null for a token that is not valid or whose person is unknown or not active. Throws UNAVAILABLE when it cannot be found out. */
  identify(token: string): Promise<Identity | null>
  /** Whether the person may still use the hub; asked for every event of a subscription. */
  isActive(identity: Identity): Promise<boolean>
}

/** Maps what a token says to a person of the hub. Kept by the access subgraph. */
export interface PeopleDirectory {
  personOf(issuer: string, subject: string): Promise<{ personId: string; active: boolean } | null>
}
