import { registerEnumType } from 'type-graphql'

export enum PersonState {
  ACTIVE = 'ACTIVE',
  SUSPENDED = 'SUSPENDED',
  LEFT = 'LEFT',
}

registerEnumType(PersonState, {
  name: 'PersonState',
  description: 'Whether a person may use the hub.',
  valuesConfig: {
    ACTIVE: { description: 'They may sign in.' },
    SUSPENDED: { description: 'They may not sign in until an administrator makes them active again.' },
    LEFT: { description: 'They have left the company. Calls and customers they had stay credited to them.' },
  },
})
