export type { Change, PendingEvent, RowChange } from './change.js'
export { ChangeSubscriber } from './changeSubscriber.js'
export * from './transact.js'
