import type { Limits } from './gateway/index.js'
import { attributionOf } from './hub/attributionOf.js'
import { connectors } from './hub/connectors.js'
import { connectSystems } from './hub/connectSystems.js'
import { consoleRoutes } from './hub/consoleRoutes.js'
import { holdSandboxPbx } from './hub/holdSandboxPbx.js'
import { modules } from './hub/modules.js'
import { oneAtATime } from './hub/oneAtATime.js'
import { analyzeDatabase, openDatabase, updateDatabase } from './hub/openDatabase.js'
import { internalTokens, openGateway } from './hub/openGateway.js'
import { openKernel } from './hub/openKernel.js'
import { openSandbox } from './hub/openSandbox.js'
import { openWakes } from './hub/openWakes.js'
import { openWorker } from './hub/openWorker.js'
import { readTls } from './hub/readTls.js'
import { Stack } from './hub/stack.js'
import { openSubgraphPorts } from './hub/subgraphPorts.js'
import { openSubgraph } from './hub/subgraphs.js'
import type { TokenIssuer } from './hub/tokenIssuer.js'
import { inboxTopic, systemOfTopic } from './hub/wakes.js'
import type { Clock } from './kernel/clock.js'
import type { Config } from './kernel/config/index.js'
import type { Kernel } from './kernel/context/index.js'
import type { Env } from './kernel/env/index.js'
import type { Log } from './kernel/log/index.js'
import { Loop } from './kernel/loop/index.js'
import type { Connector } from './kernel/ports/index.js'
import type { Subgraph } from './kernel/subgraph/index.js'
import { openSandboxIssuer } from './sandbox/issuer.js'
import { applyConfig } from './subgraphs/access/index.js'
import { applyDispositions, applyFacts, applyPresence } from './subgraphs/call/index.js'
import {
  type ApplyFacts,
  Backfiller,
  diallingOf,
  ForsakenCalls,
  HookWatch,
  Inbox,
  InboxWorker,
  pastCallsOf,
  Reaper,
  receiveHook,
  registerSystems,
  SystemStates,
} from './subgraphs/sync/index.js'

export interface HubOptions {
  env: Env
  config: Config
  clock: Clock
  log: Log
  /** A database that is there and up to date; without it the one of `env`, brought up to date. */
  database?: { appUrl: string; ownerUrl?: string }
  /** Signs the tokens of people, in place of the settings' issuer. */
  issuer?: TokenIssuer
  /** Connectors beside those that the hub brings. For tests. */
  connectors?: readonly Connector[]
  /** Told of each part once it is ready, with the milliseconds it took. */
  ready?: (part: string, ms: number) => void
  /** Other limits at the gateway than the usual ones. */
  limits?: Partial<Limits>
  /** Loops and traffic stand still until they are asked to run. For tests. */
  manual?: boolean
}

export interface RunningHub {
  /** Where the gateway listens; null where this process runs none. */
  url: string | null
  kernel: Kernel
  /** Those that run in this process. */
  subgraphs: readonly Subgraph[]
  /** Where they listen for gateways of other processes, by name; empty where they do not. */
  subgraphUrls: ReadonlyMap<string, string>
  issuer: TokenIssuer | null
  inbox: Inbox
  worker: InboxWorker
  /** Of each system; the last reaper is of those that are no longer there. */
  backfillers: readonly Backfiller[]
  reapers: readonly { runDue(): Promise<void> }[]
  /** A token for one of the people, where the hub has an issuer of its own. */
  tokenOf(person: string): Promise<string>
  /** Refuses new work, lets what is under way end, and leaves nothing running. */
  stop(): Promise<void>
}

/** Starts the parts that `env.run` names. The only place where parts are wired together; what was started is stopped in reverse. */
export async function startHub(options: HubOptions): Promise<RunningHub> {
  const started = new Stack(options.ready)
  try {
    return await start(options, started)
  } catch (error) {
    await started.stop()
    throw error
  }
}

async function start(options: HubOptions, started: Stack): Promise<RunningHub> {
  const { env, clock, log, manual = false } = options
  const pbx =
    env.run.has('sandbox') && env.run.has('gateway')
      ? await started.part(
          'sandbox phone',
          () => holdSandboxPbx(options.config, env, log),
          ({ door }) => door.stop(),
        )
      : null
  const config = pbx?.config ?? options.config
  const attribution = await attributionOf(env)
  const systems = connectSystems(config, [...connectors, ...(options.connectors ?? [])], env)

  const database =
    options.database ??
    (await started.part(
      'database',
      () => openDatabase(env, log),
      open => open.stop(),
    ))
  const { appUrl } = database
  if (!options.database)
    await started.part('migrations', () => oneAtATime(appUrl, 'start', () => updateDatabase(database as never)))
  // A database that is not the hub's own may serve other processes of the hub, whatever this one runs.
  const heard = (topics: readonly string[]) => {
    kernel.feed.wake(topics)
    worker.wake(topics.flatMap(systemOfTopic))
  }
  const wakes = openWakes(env, { url: appUrl, log, heard })
  const { kernel } = await started.part(
    'kernel',
    () =>
      openKernel({
        appUrl,
        keys: env.keys,
        clock,
        log,
        zone: env.zone,
        attribution,
        dialling: diallingOf(systems, config.dialling),
        pastCalls: pastCallsOf(systems),
        publish: topics => wakes?.publish(topics),
      }),
    open => open.close(),
  )

  await started.part('configuration', () =>
    oneAtATime(appUrl, 'start', async () => {
      await applyConfig(kernel, config, { issuer: env.jwtIssuer })
      await applyDispositions(kernel, config.dispositions)
      await registerSystems(kernel, config.systems)
    }),
  )

  const states = new SystemStates(kernel, systems)
  const apply: ApplyFacts = (change, systemId, facts) => applyFacts(kernel, change, systemId, facts)
  const worker = new InboxWorker(kernel, systems, apply, applyPresence)
  const inbox = new Inbox(kernel, systemIds => {
    worker.wake(systemIds)
    // To all of them: the one that works on the system at this moment looks once more.
    wakes?.publish([...systemIds].map(inboxTopic))
  })
  const backfillers = new Map([...systems].map(([id, system]) => [id, new Backfiller(kernel, system, inbox)]))
  const reapers = new Map(
    [...systems].map(([id, { connector, settings }]) => [
      id,
      new Reaper(kernel, { id, callsNow: () => connector.callsNow?.(settings) ?? null }, apply),
    ]),
  )
  const forsaken = new ForsakenCalls(kernel, systems, apply)
  if (wakes) {
    await started.part(
      'wake-ups',
      () => wakes.start(),
      () => wakes.stop(),
    )
  }

  const subgraphs: Subgraph[] = []
  for (const module of modules.filter(({ name }) => env.run.has(name))) {
    subgraphs.push(
      await started.part(
        module.name,
        () => openSubgraph(module, kernel, log),
        subgraph => subgraph.stop(),
      ),
    )
  }

  const sandbox = env.run.has('sandbox')
    ? await started.part(
        'sandbox',
        () =>
          openSandbox({ env, config, kernel, log, manual, pbx: pbx?.door, loaded: () => analyzeDatabase(database) }),
        open => open.stop(),
      )
    : null

  const issuer = options.issuer ?? sandbox?.issuer ?? (env.jwksUrl ? null : await openSandboxIssuer(env.dataDir, clock))

  if (env.run.has('worker') && !manual) {
    await started.part(
      'worker',
      () => openWorker({ kernel, appUrl, systems, inbox, states, worker, backfillers, reapers, forsaken }),
      open => open.stop(),
    )
  }

  // Both hear from systems: a gateway by webhooks, a worker over connections of the hub's own.
  if ((env.run.has('gateway') || env.run.has('worker')) && !manual) {
    const seen = new Loop({ name: 'systems seen', everyMs: 5000, log, runDue: () => states.flush() })
    await started.part(
      'systems',
      async () => seen.start(),
      async () => {
        await seen.stop()
        await states.flush()
      },
    )
  }

  const { subgraphListen } = env
  const ports = subgraphListen
    ? await started.part(
        'ports',
        async () =>
          openSubgraphPorts({
            subgraphs,
            listen: subgraphListen,
            tokens: internalTokens(kernel),
            tls: await readTls(env),
          }),
        open => open.stop(),
      )
    : null

  const gateway = env.run.has('gateway')
    ? await started.part(
        'gateway',
        () =>
          openGateway({
            env,
            kernel,
            log,
            subgraphs,
            issuer,
            routes: consoleRoutes({ config, issuer: env.production ? null : issuer }),
            limits: options.limits,
            receiveHook: async (systemId, request) => {
              states.seen(systemId)
              return receiveHook(systems, inbox, systemId, request)
            },
          }),
        open => open.stop(),
      )
    : null
  if (gateway && !manual) {
    const hooks = new HookWatch(kernel, systems)
    await started.part(
      'webhooks',
      async () => hooks.start(),
      () => hooks.stop(),
    )
  }
  await sandbox?.begin(gateway?.url ?? null)

  return {
    url: gateway?.url ?? null,
    kernel,
    subgraphs,
    subgraphUrls: ports?.urls ?? new Map(),
    issuer,
    inbox,
    worker,
    backfillers: [...backfillers.values()],
    reapers: [...reapers.values(), forsaken],
    tokenOf: person => {
      if (!issuer) throw new Error('Tokens come from the identity provider of JWKS_URL.')
      return issuer.issueToken(person, 3600)
    },
    stop: () => started.stop(),
  }
}
