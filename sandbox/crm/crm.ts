import { join } from 'node:path'
import type { Clock } from '../../kernel/clock.js'
import { Loop } from '../../kernel/loop/index.js'
import { type RunningServer, serve } from '../http/serve.js'
import type { SandboxLog } from '../log.js'
import { Outbox, type Waiting } from '../outbox/outbox.js'
import { seededRandom } from '../random.js'
import { JsonStore } from '../store/jsonStore.js'
import { type Origin, sandboxFolder } from '../store/origin.js'
import { Cabinet, type CabinetState, type CrmChange } from './cabinet.js'
import { crmRoutes } from './crmRoutes.js'
import { firstRecords } from './firstRecords.js'

/** A webhook: a change with an id by which a repeat is known. */
export type CrmEvent = CrmChange & { id: string }

export interface CrmState extends CabinetState {
  outbox: Waiting<CrmEvent>
  /** Whether changes are told to the hub. */
  webhooks: boolean
}

export interface CrmOptions {
  dataDir: string
  hubUrl: string
  secret: string
  clock: Clock
  log: SandboxLog
  origin: Origin
  port: number
  /** The public keys of the token issuer, served at `/.well-known/jwks.json`. */
  jwks: object
}

const tickMs = 200

/** The sandbox's CRM: customers, deals, follow-ups and users behind a REST API, with webhooks that are off until switched on. */
export class Crm {
  readonly store: JsonStore<CrmState>
  readonly cabinet: Cabinet
  readonly outbox: Outbox<CrmEvent>
  readonly #clock: Clock
  readonly #sending: Loop
  #server: RunningServer | undefined

  private constructor({ hubUrl, secret, clock, log, origin }: CrmOptions, store: JsonStore<CrmState>) {
    this.store = store
    this.#clock = clock
    this.#sending = new Loop({ name: 'sandbox send', everyMs: tickMs, log, runDue: () => this.send() })
    this.outbox = new Outbox<CrmEvent>({
      url: `${hubUrl}/hooks/sandbox-crm`,
      secret,
      clock,
      log,
      random: seededRandom(origin.seed + 6),
      waiting: store.value.outbox,
      changed: () => store.changed(),
      wake: () => this.#sending.wake(),
    })
    this.cabinet = new Cabinet(store.value, clock, change => this.#tell(change))
  }

  static async start(options: CrmOptions): Promise<Crm> {
    const { dataDir, origin, log, secret, port, jwks } = options
    const path = join(sandboxFolder(dataDir), 'crm.json')
    const store = await JsonStore.open(path, () => firstState(origin), log)
    const crm = new Crm(options, store)
    crm.#server = await serve(crmRoutes(crm, jwks), secret, port, log)
    return crm
  }

  get url(): string {
    return this.#server!.url
  }

  runLoops(): void {
    this.#sending.start()
  }

  setWebhooks(on: boolean): void {
    this.store.value.webhooks = on
    this.store.changed()
  }

  send = () => this.outbox.runDue(this.#clock.now())

  async stop(): Promise<void> {
    await this.#sending.stop()
    await this.#server?.stop()
    await this.store.flush()
  }

  #tell(change: CrmChange): void {
    this.store.changed()
    const id = `${change.recordId}.${change.version}.${Date.parse(change.at).toString(36)}`
    if (this.store.value.webhooks) this.outbox.add({ id, ...change })
  }
}

const firstState = (origin: Origin): CrmState => ({
  records: firstRecords(origin),
  lastStamp: origin.until.getTime(),
  lastNumber: 10_000,
  webhooks: false,
  outbox: { events: [], lost: 0 },
})
