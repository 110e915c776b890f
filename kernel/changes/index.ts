export { type Change, changeOf, type PendingEvent, type RowChange } from './change.js'
export { ChangeSubscriber } from './changeSubscriber.js'
export * from './transact.js'
