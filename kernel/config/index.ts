export type { Config, DispositionConfig, PersonConfig, QueueConfig, SystemConfig, TeamConfig } from './config.js'
export { ConfigError, loadConfig, parseConfig } from './loadConfig.js'
export { readYaml } from './readYaml.js'
