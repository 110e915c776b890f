import { z } from 'zod'
import { logLevels } from '../log/log.js'
import { type Part, parts } from './env.js'
import { isZone } from './isZone.js'
import { nearest } from './nearest.js'
import { sandboxAudience, sandboxIssuer, sandboxKeys } from './sandboxDefaults.js'

export interface Setting<T = unknown> {
  /** For people who set it: meaning, form, default. */
  doc: string
  schema: z.ZodType<T>
}

const setting = <T>(doc: string, schema: z.ZodType<T>): Setting<T> => ({ doc, schema })

const text = z.string().trim()
const optional = text.nullable().default(null)
const portFrom = (lowest: number) => {
  const message = `must be a port: a whole number from ${lowest} to 65535`
  return z.coerce.number({ error: message }).int(message).min(lowest, message).max(65_535, message)
}
const port = portFrom(1)
const portOrAny = portFrom(0)

const url = (schemes: readonly string[]) =>
  text.refine(
    value => schemes.includes(URL.parse(value)?.protocol ?? ''),
    `must be a URL that begins with ${schemes.map(scheme => `${scheme}//`).join(' or ')}`,
  )
const mode = text
  .refine(value => value === 'production' || !/^prod/i.test(value), 'must be spelt "production" to count as such')
  .nullable()
  .default(null)
const web = url(['https:', 'http:'])
const postgres = url(['postgresql:', 'postgres:'])

const list = text.transform(value =>
  value
    .split(',')
    .map(entry => entry.trim())
    .filter(entry => entry !== ''),
)

const run = list.transform((entries, ctx) => {
  const chosen = entries.flatMap((entry): readonly Part[] => {
    if (entry === 'all') return parts
    if (parts.includes(entry as Part)) return [entry as Part]
    ctx.addIssue({ code: 'custom', message: `knows no part "${entry}"${didYouMean(entry, [...parts, 'all'])}` })
    return []
  })
  if (entries.length === 0) ctx.addIssue({ code: 'custom', message: `names no part: take some of ${parts.join(', ')}` })
  return new Set(chosen)
})

const origins = list.refine(
  entries => entries.every(entry => URL.parse(entry)?.origin === entry),
  'must be origins such as https://desk.example.com, without a path, separated by commas; "*" is not taken',
)

const zone = text.refine(isZone, 'must be a time zone such as Asia/Shanghai')

const language = text.refine(
  value => /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(value),
  'must be a language such as zh-CN or en',
)

/** Every setting of the hub. An empty one counts as not set. */
export const settings = {
  NODE_ENV: setting('`production`: everything unsafe refuses to start.', mode),
  PORT: setting('Port of the gateway; 0 takes any free one. 4000.', portOrAny.default(4000)),
  HOST: setting('Address the gateway listens on. 127.0.0.1, this machine only.', text.default('127.0.0.1')),
  HUB_CONFIG: setting('YAML with systems, teams, people, queues. By default that of the sandbox.', optional),
  HUB_RUN: setting(
    `What this process runs: "all", or a comma list of ${parts.join(', ')}. Processes that share the work need DATABASE_URL.`,
    run.default(() => new Set(parts)),
  ),
  HUB_SANDBOX: setting(
    'The PBX and the CRM to try the hub against: "on", "off", or "quiet" for no traffic of its own. On without HUB_CONFIG, else off.',
    z.enum(['on', 'off', 'quiet'], { error: 'must be on, off or quiet' }).nullable().default(null),
  ),
  HUB_DATA: setting(
    'Folder of the embedded database and of recordings. `.data`; for root below a private folder /var/lib/call-crm-hub.',
    optional,
  ),
  DATABASE_URL: setting(
    "PostgreSQL 15 or later, as the application's role, such as postgresql://hub_app:…@db.example.com/hub?sslmode=verify-full (&sslrootcert=/path/to/ca.pem for an authority of your own). By default the embedded one.",
    postgres.nullable().default(null),
  ),
  DATABASE_OWNER_URL: setting(
    'The same database as its owner, for migrations and partition changes.',
    postgres.nullable().default(null),
  ),
  BI_PORT: setting(
    'Opens the embedded PostgreSQL on this port of 127.0.0.1, for BI logins only. By default closed.',
    port.nullable().default(null),
  ),
  NATS_URL: setting(
    'A NATS server for wake-ups between processes; without it they go through PostgreSQL (LISTEN/NOTIFY).',
    url(['nats:', 'tls:']).nullable().default(null),
  ),
  HUB_KEYS: setting(
    'Keys of field encryption and blind index, `id:base64,…,index:base64`, 32 bytes each (openssl rand -base64 32); the first is used for new data. By default keys of the sandbox, which everybody knows.',
    text.default(sandboxKeys),
  ),
  JWKS_URL: setting("Public keys of whoever signs tokens. By default the sandbox's.", web.nullable().default(null)),
  JWT_ISSUER: setting(
    `\`iss\` that tokens must have. By default the sandbox (${sandboxIssuer}).`,
    text.default(sandboxIssuer),
  ),
  JWT_AUDIENCE: setting(`\`aud\` that tokens must have. ${sandboxAudience}.`, text.default(sandboxAudience)),
  TLS_CERT: setting('File with the certificate chain (PEM). Without it: http.', optional),
  TLS_KEY: setting('File with the private key of TLS_CERT (PEM).', optional),
  CORS_ORIGINS: setting(
    'Origins whose pages may call the gateway, separated by commas. None.',
    origins.default(() => []),
  ),
  HUB_ATTRIBUTION: setting(
    'CSV with prefixes of numbers newer than those the hub knows: prefix,province,city,carrier; see docs/attribution.md. None.',
    optional,
  ),
  HUB_ZONE: setting('Time zone of days and reports. Asia/Shanghai.', zone.default('Asia/Shanghai')),
  HUB_LANG: setting('Language of messages to people. zh-CN.', language.default('zh-CN')),
  LOG_LEVEL: setting(
    `How much is logged: ${logLevels.join(', ')}. info.`,
    z.enum(logLevels, { error: `must be one of ${logLevels.join(', ')}` }).default('info'),
  ),
  HUB_SUBGRAPH_HOST: setting(
    'Address on which subgraphs listen for gateways of other processes: by http on this machine, else by https with TLS_CERT and TLS_KEY where they are set. 127.0.0.1.',
    text.default('127.0.0.1'),
  ),
  HUB_SUBGRAPH_PORT_BASE: setting(
    'crm listens on this port, call, sync and access on the next three; a gateway looks for them there too. 4010. Nothing listens in a process with a gateway of its own unless this is set.',
    port.nullable().default(null),
  ),
  HUB_CRM_URL: setting(
    'Where the gateway finds crm when another process runs it. http://127.0.0.1:4010.',
    web.nullable().default(null),
  ),
  HUB_CALL_URL: setting('The same for call. http://127.0.0.1:4011.', web.nullable().default(null)),
  HUB_SYNC_URL: setting('The same for sync. http://127.0.0.1:4012.', web.nullable().default(null)),
  HUB_ACCESS_URL: setting('The same for access. http://127.0.0.1:4013.', web.nullable().default(null)),
}

export type Values = { [name in keyof typeof settings]: (typeof settings)[name] extends Setting<infer T> ? T : never }

export const didYouMean = (word: string, known: readonly string[]): string => {
  const near = nearest(word, known)
  return near ? `. Did you mean "${near}"?` : ''
}
