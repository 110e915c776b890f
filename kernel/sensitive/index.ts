export * from './sensitive.js'
