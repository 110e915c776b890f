export type { Config, PersonConfig, QueueConfig, SystemConfig, TeamConfig } from './config.js'
export { ConfigError, loadConfig, parseConfig } from './loadConfig.js'
