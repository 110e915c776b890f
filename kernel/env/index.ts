export { type Env, type Part, parts, type SubgraphName, subgraphNames } from './env.js'
export { EnvError, readEnv } from './readEnv.js'
export { sandboxAudience, sandboxIssuer, sandboxKeys } from './sandboxDefaults.js'
export { type Setting, settings } from './settings.js'
