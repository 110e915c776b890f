import { join } from 'node:path'
import type { Clock } from '../../kernel/clock.js'
import { Loop } from '../../kernel/loop/index.js'
import { sandboxAgents } from '../agents.js'
import { Callers } from '../book/callers.js'
import { sandboxCustomers } from '../book/customers.js'
import { Refusal } from '../http/refusal.js'
import { Door, type RunningServer } from '../http/serve.js'
import type { SandboxLog } from '../log.js'
import { Outbox, type Waiting } from '../outbox/outbox.js'
import { seededRandom } from '../random.js'
import { JsonStore } from '../store/jsonStore.js'
import { type Origin, sandboxFolder } from '../store/origin.js'
import { type PbxContact, pbxContacts } from './contacts.js'
import type { PbxEvent } from './event.js'
import type { CallPlan, LiveCall } from './liveCall.js'
import { pbxRoutes } from './pbxRoutes.js'
import { Switchboard, type SwitchboardState } from './switchboard.js'
import { Traffic } from './traffic.js'

export interface PbxState extends SwitchboardState {
  contacts: PbxContact[]
  outbox: Waiting<PbxEvent>
}

export interface PbxOptions {
  dataDir: string
  hubUrl: string
  secret: string
  clock: Clock
  log: SandboxLog
  origin: Origin
  /** No traffic of its own. */
  quiet: boolean
  /** Where it answers: any free port, this one, or a door that is held for it. */
  port: number | Door
}

const defaultPerMinute = 8
const tickMs = 200

/** The sandbox's telephone system: calls, agents' telephones, a contact list, and events to the hub. */
export class Pbx {
  readonly store: JsonStore<PbxState>
  readonly switchboard: Switchboard
  readonly traffic: Traffic
  readonly outbox: Outbox<PbxEvent>
  readonly customers: ReturnType<typeof sandboxCustomers>
  readonly random
  readonly #clock: Clock
  readonly #ticking: Loop
  readonly #sending: Loop
  #server: RunningServer | undefined

  private constructor(options: PbxOptions, store: JsonStore<PbxState>) {
    const { origin, clock, log, hubUrl, secret, quiet } = options
    this.store = store
    this.#clock = clock
    this.customers = sandboxCustomers(origin.seed, origin.until)
    // Each start has another day, seeded by the calls so far; with a test clock it is still always the same.
    this.random = seededRandom(origin.seed + 5 + store.value.calls)
    this.#ticking = new Loop({ name: 'sandbox tick', everyMs: tickMs, log, runDue: () => this.tick() })
    this.#sending = new Loop({ name: 'sandbox send', everyMs: tickMs, log, runDue: () => this.send() })
    this.outbox = new Outbox<PbxEvent>({
      url: `${hubUrl}/hooks/sandbox-pbx`,
      secret,
      clock,
      log,
      random: this.random,
      waiting: store.value.outbox,
      changed: () => store.changed(),
      wake: () => this.#sending.wake(),
    })
    this.switchboard = new Switchboard(store.value, event => this.outbox.add(event))
    const callers = new Callers(this.random, this.customers, { strangers: 200, knownShare: 0.85 })
    this.traffic = new Traffic(this.random, callers, this.switchboard, { on: !quiet, perMinute: defaultPerMinute })
  }

  static async start(options: PbxOptions): Promise<Pbx> {
    const { origin, dataDir, secret, port, log } = options
    const path = join(sandboxFolder(dataDir), 'pbx.json')
    const store = await JsonStore.open(path, () => firstState(origin), log)
    const pbx = new Pbx(options, store)
    const door = port instanceof Door ? port : await Door.open(port)
    pbx.#server = door.serve(pbxRoutes(pbx), secret, log)
    return pbx
  }

  get url(): string {
    return this.#server!.url
  }

  /** Milliseconds since the epoch. */
  now = () => this.#clock.now().getTime()

  runLoops(): void {
    this.#ticking.start()
    this.#sending.start()
  }

  /** Lets everything happen that is due. No new calls begin while events pile up because the hub is away: none gets lost. */
  tick(): void {
    const now = this.now()
    if (!this.outbox.nearlyFull) this.traffic.runDue(now)
    this.switchboard.runDue(now)
  }

  send = () => this.outbox.runDue(this.#clock.now())

  /** A call that somebody asked for: traffic makes way, another such call does not. */
  placeChosen(plan: CallPlan, id?: string): LiveCall {
    if (this.outbox.nearlyFull) throw new Refusal(503, 'outbox_full')
    this.tick()
    const current = plan.extension ? this.switchboard.callAt(plan.extension) : undefined
    if (current?.plan.chosen) throw new Refusal(409, 'agent_busy', { callId: current.id })
    if (current) this.switchboard.hangUp(current, this.now())
    return this.switchboard.place(plan, this.now(), id)
  }

  agents = () =>
    sandboxAgents.map(({ id, name, extension, team }) => {
      const call = this.switchboard.callAt(extension)
      const state = this.switchboard.stateOf(extension)
      return { id, name, extension, team, state, callId: call?.id ?? null, display: call ? displayOf(call) : null }
    })

  async stop(): Promise<void> {
    await this.#ticking.stop()
    await this.#sending.stop()
    await this.#server?.stop()
    await this.store.flush()
  }
}

const firstState = ({ seed, until }: Origin): PbxState => ({
  live: [],
  recent: [],
  recordings: [],
  calls: 0,
  contacts: pbxContacts(seed, sandboxCustomers(seed, until)),
  outbox: { events: [], lost: 0 },
})

/** What stands on the agent's telephone. */
const displayOf = ({ plan }: LiveCall): string => plan.shownAs ?? (plan.direction === 'inbound' ? plan.from : plan.to)
