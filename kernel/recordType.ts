import { registerEnumType } from 'type-graphql'

/** Kinds of records of which something can be asked whatever they are. Several subgraphs name it, so that it stands here. */
export enum RecordType {
  CUSTOMER = 'CUSTOMER',
  CALL = 'CALL',
  DEAL = 'DEAL',
  FOLLOW_UP = 'FOLLOW_UP',
  AGENT = 'AGENT',
}
registerEnumType(RecordType, { name: 'RecordType', description: 'A kind of record.' })
