import { registerEnumType } from 'type-graphql'

export enum AuditKind {
  SYNC = 'SYNC',
  CHANGE = 'CHANGE',
  PERMISSION = 'PERMISSION',
  ACCESS = 'ACCESS',
}

registerEnumType(AuditKind, {
  name: 'AuditKind',
  description: 'What sort of act an audit entry records.',
  valuesConfig: {
    SYNC: { description: 'Something came from or went to a connected system.' },
    CHANGE: { description: 'A row was created, changed or deleted.' },
    PERMISSION: { description: 'Somebody got or lost a right.' },
    ACCESS: { description: 'Somebody read what is worth answering for.' },
  },
})
