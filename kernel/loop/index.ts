export * from './loop.js'
