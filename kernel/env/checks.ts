import { isExposed } from './databaseTls.js'
import { parts, subgraphNames } from './env.js'
import { isLoopback } from './isLoopback.js'
import { sandboxIssuer, sandboxKeys } from './sandboxDefaults.js'
import type { Values } from './settings.js'

/** What is wrong with settings that are well formed one by one, each with what to do. Shows no value that may be secret. */
export function problemsBetween(values: Values): string[] {
  return [...contradictions(values), ...(values.NODE_ENV === 'production' ? unsafe(values) : [])]
}

export const sandboxMode = ({ HUB_SANDBOX, HUB_CONFIG }: Values): 'on' | 'off' | 'quiet' =>
  HUB_SANDBOX ?? (HUB_CONFIG === null ? 'on' : 'off')

export const listensForOthers = ({ HUB_RUN, HUB_SUBGRAPH_PORT_BASE }: Values): boolean =>
  subgraphNames.some(name => HUB_RUN.has(name)) && (HUB_SUBGRAPH_PORT_BASE !== null || !HUB_RUN.has('gateway'))

export const portBase = ({ HUB_SUBGRAPH_PORT_BASE }: Values): number => HUB_SUBGRAPH_PORT_BASE ?? 4010

function contradictions(values: Values): string[] {
  const { HUB_RUN, DATABASE_URL, DATABASE_OWNER_URL, BI_PORT, TLS_CERT, TLS_KEY, JWKS_URL, JWT_ISSUER } = values
  const split = parts.some(part => part !== 'sandbox' && !HUB_RUN.has(part))
  const listed = HUB_RUN.has('sandbox') && HUB_RUN.size < parts.length
  return when([
    [
      !DATABASE_URL && DATABASE_OWNER_URL,
      'DATABASE_OWNER_URL is set without DATABASE_URL: set both, or none for the embedded PostgreSQL.',
    ],
    [
      DATABASE_URL && !DATABASE_OWNER_URL,
      "DATABASE_URL is set without DATABASE_OWNER_URL: migrations need the owner's role.",
    ],
    [
      DATABASE_URL && DATABASE_URL === DATABASE_OWNER_URL,
      'DATABASE_URL and DATABASE_OWNER_URL are the same: the hub must not run as the owner of its tables, or the audit could be changed. Give it a role of its own.',
    ],
    [
      DATABASE_URL && BI_PORT,
      'BI_PORT opens the embedded PostgreSQL, and DATABASE_URL leaves it out: set one of them.',
    ],
    [
      split && !DATABASE_URL,
      'HUB_RUN leaves parts to other processes, and the embedded PostgreSQL belongs to one process: set DATABASE_URL and DATABASE_OWNER_URL.',
    ],
    [listed && values.HUB_SANDBOX === 'off', 'HUB_RUN names the sandbox and HUB_SANDBOX is off: change one of them.'],
    [Boolean(TLS_CERT) !== Boolean(TLS_KEY), 'TLS_CERT and TLS_KEY belong together: set both, or none.'],
    [JWKS_URL && JWT_ISSUER === sandboxIssuer, 'JWKS_URL is set without JWT_ISSUER: say whose tokens these keys sign.'],
    [!JWKS_URL && JWT_ISSUER !== sandboxIssuer, 'JWT_ISSUER is set without JWKS_URL: say where its public keys are.'],
    ...portClashes(values).map(clash => [true, clash] as const),
  ])
}

function portClashes(values: Values): string[] {
  const base = portBase(values)
  const taken = [
    ...(values.HUB_RUN.has('gateway') ? [{ name: 'PORT', port: values.PORT }] : []),
    ...(values.BI_PORT === null ? [] : [{ name: 'BI_PORT', port: values.BI_PORT }]),
    ...(listensForOthers(values)
      ? subgraphNames.map((name, i) => ({ name: `HUB_SUBGRAPH_PORT_BASE (${name})`, port: base + i }))
      : []),
  ]
  return taken.flatMap(({ name, port }, i) =>
    taken
      .slice(i + 1)
      .filter(other => other.port === port)
      .map(other => `${name} and ${other.name} are both ${port}: choose another for one of them.`),
  )
}

function unsafe(values: Values): string[] {
  const sandboxRuns = values.HUB_RUN.has('sandbox') && sandboxMode(values) !== 'off'
  const sandboxSecrets = sandboxKeys.split(',').map(entry => entry.split(':')[1]!)
  return when([
    [
      !values.HUB_CONFIG,
      'HUB_CONFIG is not set: production takes no people and systems of the sandbox. Write your own file (sandbox/config.yaml is an example).',
    ],
    [sandboxRuns, 'The sandbox would run: set HUB_SANDBOX=off, and leave it out of HUB_RUN.'],
    [
      sandboxSecrets.some(secret => values.HUB_KEYS.includes(secret)),
      'HUB_KEYS is missing or holds keys of the sandbox, which everybody knows: make your own with `openssl rand -base64 32`.',
    ],
    [
      !values.JWKS_URL,
      "JWKS_URL is not set: production takes no tokens of the sandbox. Name your identity provider's key set.",
    ],
    [
      values.JWKS_URL?.startsWith('http:'),
      'JWKS_URL is http: whoever sits between could sign in as anybody. Use https.',
    ],
    [values.JWT_ISSUER === sandboxIssuer, 'JWT_ISSUER is that of the sandbox: name your identity provider.'],
    [!values.TLS_CERT && !values.TLS_KEY, 'TLS_CERT and TLS_KEY are not set: production answers by https only.'],
    ...(['HUB_CRM_URL', 'HUB_CALL_URL', 'HUB_SYNC_URL', 'HUB_ACCESS_URL'] as const).map(
      name =>
        [
          values[name]?.startsWith('http:') && !isLoopback(new URL(values[name]).hostname),
          `${name} is http and leads to another machine: customers' data would go in the clear. Use https.`,
        ] as const,
    ),
    ...(['DATABASE_URL', 'DATABASE_OWNER_URL'] as const).map(
      name =>
        [
          values[name] !== null && isExposed(values[name]),
          `${name} leads to another machine without TLS that is verified: add sslmode=verify-full to it, and sslrootcert=/path/to/ca.pem for an authority of your own.`,
        ] as const,
    ),
    [
      values.NATS_URL?.startsWith('nats:') && !isLoopback(new URL(values.NATS_URL).hostname),
      'NATS_URL is nats:// and leads to another machine: its password would go in the clear. Use tls://.',
    ],
    [
      values.CORS_ORIGINS.some(origin => origin.startsWith('http:')),
      'CORS_ORIGINS holds an http origin: production allows https only.',
    ],
  ])
}

const when = (rules: readonly (readonly [unknown, string])[]): string[] =>
  rules.filter(([holds]) => holds).map(([, problem]) => problem)
