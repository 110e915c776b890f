import { registerEnumType } from 'type-graphql'
import type { Rule } from './ability.js'

export enum Role {
  AGENT = 'AGENT',
  SUPERVISOR = 'SUPERVISOR',
  ADMIN = 'ADMIN',
  ANALYST = 'ANALYST',
  AUDITOR = 'AUDITOR',
  PROGRAM = 'PROGRAM',
}

registerEnumType(Role, {
  name: 'Role',
  description: 'What a person does here; it decides what they may see and do.',
  valuesConfig: {
    AGENT: { description: 'Talks with customers (坐席).' },
    SUPERVISOR: { description: 'Answers for their teams and all below them (主管).' },
    ADMIN: { description: 'Runs the hub.' },
    ANALYST: { description: 'Reads figures and masked rows.' },
    AUDITOR: { description: 'Reads the audit and masked rows, and changes nothing.' },
    PROGRAM: { description: 'A program with a token of its own.' },
  },
})

/** A grant in force, as the rules it adds. Each rule's `reason` is the grant's id, so that a read can say what allowed it. */
export interface ActiveGrant {
  id: string
  endsAt: Date
  rules: Rule[]
}

/** The person a request acts for. Role and team come from the hub, never from the token. */
export interface Actor {
  id: string
  name: string
  role: Role
  teamId: string | null
  /** Teams a supervisor answers for, their whole subtree; empty for everyone else. */
  supervisedTeamIds: string[]
  grants: ActiveGrant[]
}
