export { checkPostgres } from './checkPostgres.js'
export { defaultDataDir } from './defaultDataDir.js'
export type { RunningPostgres } from './running.js'
export { type PostgresOptions, startPostgres } from './startPostgres.js'
