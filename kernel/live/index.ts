export * from './liveStream.js'
export * from './sharedLoads.js'
