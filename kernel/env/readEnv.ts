import { KeyRing } from '../encryption/index.js'
import { messageOf } from '../errors.js'
import { defaultDataDir } from '../postgres/defaultDataDir.js'
import { listensForOthers, portBase, problemsBetween, sandboxMode } from './checks.js'
import { type Env, type SubgraphName, subgraphNames } from './env.js'
import { nearest } from './nearest.js'
import { settings, type Values } from './settings.js'

/** Everything that is wrong with the settings, one line each. Never shows a value that may be secret. */
export class EnvError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(`The settings do not fit:\n${problems.map(problem => `  - ${problem}`).join('\n')}`)
    this.name = 'EnvError'
  }
}

type Environment = Record<string, string | undefined>

/** Reads the hub's settings from the environment. Throws one EnvError for all that is wrong. */
export function readEnv(environment: Environment, cwd = process.cwd()): Env {
  const problems: string[] = []
  const entries = Object.entries(settings).map(([name, { schema }]) => {
    const given = environment[name]?.trim()
    const { data, error } = schema.safeParse(given === '' ? undefined : given)
    problems.push(...(error?.issues ?? []).map(({ message }) => `${name} ${message}.`.replace(/\?\.$/, '?')))
    return [name, data] as const
  })
  problems.push(...misspelt(environment))
  if (problems.length > 0) throw new EnvError(problems)
  const values = Object.fromEntries(entries) as Values
  problems.push(...problemsBetween(values), ...keyProblems(values.HUB_KEYS))
  if (problems.length > 0) throw new EnvError(problems)
  return envOf(values, defaultDataDir({ HUB_DATA: values.HUB_DATA ?? undefined }, cwd))
}

function envOf(values: Values, dataDir: string): Env {
  const sandbox = values.HUB_RUN.has('sandbox') ? sandboxMode(values) : 'off'
  const base = portBase(values)
  const perSubgraph = <T>(make: (name: SubgraphName, i: number) => T) =>
    Object.fromEntries(subgraphNames.map((name, i) => [name, make(name, i)])) as Record<SubgraphName, T>
  const urls = {
    crm: values.HUB_CRM_URL,
    call: values.HUB_CALL_URL,
    sync: values.HUB_SYNC_URL,
    access: values.HUB_ACCESS_URL,
  }
  return {
    production: values.NODE_ENV === 'production',
    port: values.PORT,
    host: values.HOST,
    configPath: values.HUB_CONFIG,
    run: new Set([...values.HUB_RUN].filter(part => part !== 'sandbox' || sandbox !== 'off')),
    sandbox,
    dataDir,
    databaseUrl: values.DATABASE_URL,
    databaseOwnerUrl: values.DATABASE_OWNER_URL,
    databaseName: sandboxMode(values) === 'off' ? 'hub' : 'hub_sandbox',
    biPort: values.BI_PORT,
    natsUrl: values.NATS_URL,
    keys: values.HUB_KEYS,
    jwksUrl: values.JWKS_URL,
    jwtIssuer: values.JWT_ISSUER,
    jwtAudience: values.JWT_AUDIENCE,
    tlsCert: values.TLS_CERT,
    tlsKey: values.TLS_KEY,
    corsOrigins: values.CORS_ORIGINS,
    attributionPath: values.HUB_ATTRIBUTION,
    zone: values.HUB_ZONE,
    lang: values.HUB_LANG,
    logLevel: values.LOG_LEVEL,
    subgraphListen: listensForOthers(values)
      ? { host: values.HUB_SUBGRAPH_HOST, ports: perSubgraph((_, i) => base + i) }
      : null,
    subgraphUrls: perSubgraph((name, i) => urls[name] ?? `http://127.0.0.1:${base + i}`),
  }
}

function keyProblems(keys: string): string[] {
  try {
    KeyRing.parse(keys)
    return []
  } catch (error) {
    return [messageOf(error)]
  }
}

const PREFIX = /^(HUB|JWT|JWKS|TLS|CORS|DATABASE|BI|NATS|LOG)_/

/** A setting that is one slip away from ours would be ignored in silence. HUB_CONFIG may use other names for its secrets. */
function misspelt(environment: Environment): string[] {
  const known = Object.keys(settings)
  return Object.keys(environment)
    .filter(name => PREFIX.test(name) && !known.includes(name))
    .flatMap(name => {
      const near = nearest(name, known, 1)
      return near ? [`${name} is no setting of the hub. Did you mean "${near}"?`] : []
    })
}
