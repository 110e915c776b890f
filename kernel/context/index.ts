export * from './actors.js'
export * from './budget.js'
export * from './hubContext.js'
export * from './kernel.js'
