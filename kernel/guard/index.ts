export * from './directives.js'
export * from './guard.js'
