export * from './appendEvents.js'
export * from './feed.js'
export * from './feedEvent.js'
export * from './feedStore.js'
