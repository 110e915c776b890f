export { createLog, type LogOptions } from './createLog.js'
export { type Log, type LogLevel, logLevels } from './log.js'
