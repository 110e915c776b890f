import { Severity } from '../../subgraphs/sync/alert/alert.entity.js'
import { raiseAlert } from '../../subgraphs/sync/alert/raiseAlert.js'
import type { TestClient } from '../kit/client.js'
import type { TestHub } from '../kit/startHub.js'
import { type Plantation, planted } from './planted.js'

const EXTENSIONS = ['1001', '1002', '2001', '2002']
const AGENTS = ['agent-north-1', 'agent-north-2', 'agent-south-1', 'agent-south-2']

const digits = (value: string, form: (number: string) => string) => (/^\d+$/.test(value) ? form(value) : value)
/** Ways in which people and phone systems write a number. */
const WRITINGS: ((value: string) => string)[] = [
  value => value,
  value => digits(value, number => `+86${number}`),
  value => digits(value, number => `${number.slice(0, 3)} ${number.slice(3, 7)} ${number.slice(7)}`),
  value => digits(value, number => `${number.slice(0, 3)}-${number.slice(3, 7)}-${number.slice(7)}`),
  value => digits(value, number => `0${number}`),
]

/** What can happen, some of it more often, at any time and while there are calls. */
const ANYTIME = ['ring', 'ring', 'candidates', 'dial', 'assign', 'link', 'alert'] as const
const DURING = ['answer', 'transfer', 'feedback', 'feedback', 'end', 'missed'] as const
export const CAN_HAPPEN = new Set<string>([...ANYTIME, ...DURING])

/** Calls of planted customers, their notes, and changes of who may see them, at random. */
export class Happenings {
  #made = 0
  #live: string[] = []

  constructor(
    private readonly hub: TestHub,
    private readonly admin: TestClient,
    private readonly plantation: Plantation,
    /** A number from 0 to 1, 1 excluded. */
    private readonly random: () => number,
    /** Tells this run's calls from others'. */
    private readonly run: number,
    /** What has happened in this run and those before. What has not is more likely to. */
    private readonly happened: Set<string>,
  ) {}

  /** One more thing happens. */
  async next(): Promise<void> {
    const possible = [...ANYTIME, ...(this.#live.length > 0 ? DURING : [])]
    const fresh = possible.filter(one => !this.happened.has(one))
    const what = this.#pick(fresh.length > 0 && this.random() < 0.5 ? fresh : possible)
    await this[what]()
    this.happened.add(what)
  }

  /** All calls end. */
  async endAll(): Promise<void> {
    while (this.#live.length > 0) await this.end()
  }

  /** Half an hour after the last call all its grants have ended. */
  grantsEnd(): void {
    this.hub.clock.advance({ minutes: 31 })
  }

  private async ring(): Promise<void> {
    await this.#inbound(this.#pick(this.#customer().slice(0, 2)))
  }

  /** The number is one that customers of both teams have. */
  private async candidates(): Promise<void> {
    await this.#inbound(planted[2]!.values.at(-1)!)
  }

  async #inbound(from: string): Promise<void> {
    const callId = this.#open([from])
    const about = { callId, direction: 'inbound', from: this.#written(from), to: '4008001234', line: 'trunk-telecom' }
    await this.hub.happen(
      { ...about, type: 'call.started', legId: 'a' },
      { callId, type: 'call.queued', legId: 'a', queue: this.#pick(['sales', 'service']) },
      { callId, type: 'call.ringing', legId: 'b', extension: this.#pick(EXTENSIONS) },
    )
  }

  private async dial(): Promise<void> {
    const to = this.#pick(this.#customer().slice(0, 2))
    const extension = this.#pick(EXTENSIONS)
    const callId = this.#open([to])
    await this.hub.happen(
      {
        callId,
        direction: 'outbound',
        from: extension,
        to: this.#written(to),
        type: 'call.started',
        legId: 'a',
        extension,
      },
      { callId, type: 'call.ringing', legId: 'b' },
    )
  }

  private async answer(): Promise<void> {
    const about = { callId: this.#pick(this.#live), legId: 'b', extension: this.#pick(EXTENSIONS) }
    await this.hub.happen({ ...about, type: 'call.answered' }, { ...about, type: 'call.connected' })
  }

  private async transfer(): Promise<void> {
    const callId = this.#pick(this.#live)
    const legId = `c${++this.#made}`
    const extension = this.#pick(EXTENSIONS)
    await this.hub.happen(
      { callId, type: 'call.transferred', legId: 'b', toLegId: legId },
      { callId, type: 'call.ringing', legId, extension },
      { callId, type: 'call.connected', legId, extension },
    )
  }

  private async feedback(): Promise<void> {
    const callId = this.#pick(this.#live)
    const { text, values } = this.#pasted()
    this.#carries(callId, values)
    await this.hub.happen({
      callId,
      type: 'call.feedback',
      note: text,
      by: this.#pick(['customer', 'agent']),
      rating: 4,
    })
  }

  private async end(): Promise<void> {
    const callId = this.#leave()
    const { text, values } = this.#pasted()
    this.#carries(callId, values)
    await this.hub.happen({ callId, type: 'call.ended', cause: text })
  }

  private async missed(): Promise<void> {
    await this.hub.happen({ callId: this.#leave(), type: 'call.ended', outcome: 'abandoned' })
  }

  private async assign(): Promise<void> {
    await this.#asAdmin(
      'mutation($id: ID!, $agentId: ID) { assignCustomer(id: $id, agentId: $agentId) { customer { id } } }',
      { id: this.#pick(this.plantation.customers), agentId: this.#pick([...AGENTS, null]) },
    )
  }

  /** Somebody takes a call for another customer's. */
  private async link(): Promise<void> {
    const { data } = await this.#asAdmin('{ calls(first: 5) { nodes { id } } }')
    await this.#asAdmin('mutation($call: ID!, $id: ID!) { linkCall(callId: $call, customerId: $id) { call { id } } }', {
      call: this.#pick<{ id: string }>(data.calls.nodes).id,
      id: this.#pick(this.plantation.customers),
    })
  }

  /** Nobody may have values out of an alert, wherever its words come from. */
  private async alert(): Promise<void> {
    const { kernel } = this.hub
    const words = () => this.#pasted().text
    await kernel.transact(kernel.systemEm(), change =>
      raiseAlert(kernel, change, {
        severity: Severity.WARNING,
        kind: 'test.pasted',
        about: `${this.run} ${++this.#made}`,
        title: words(),
        effect: words(),
        nextStep: words(),
        teamId: this.#pick(['north', 'south']),
        owner: 'test',
      }),
    )
  }

  /** A customer or a call may be gone; nothing may break. */
  async #asAdmin(question: string, variables: Record<string, unknown> = {}) {
    const answer = await this.admin.ask(question, variables)
    const broken = answer.errors?.find(({ extensions }) => extensions?.code === 'INTERNAL')
    if (broken) throw new Error(`${question} broke: ${JSON.stringify(broken)}`)
    return answer
  }

  #open(values: string[]): string {
    const callId = `run-${this.run}-${++this.#made}`
    this.#live.push(callId)
    this.plantation.calls.set(callId, values)
    return callId
  }

  #leave(): string {
    const callId = this.#pick(this.#live)
    this.#live = this.#live.filter(one => one !== callId)
    return callId
  }

  #carries(callId: string, values: string[]): void {
    this.plantation.calls.get(callId)!.push(...values)
  }

  /** Words with what free text is searched for: numbers and e-mail addresses of some customers. */
  #pasted(): { text: string; values: string[] } {
    const values = [this.#pick(this.#customer().slice(0, 5)), this.#pick(this.#customer().slice(0, 5))]
    return { text: `请回 ${this.#written(values[0]!)}，或找 ${this.#written(values[1]!)} 谢谢`, values }
  }

  #customer = (): string[] => this.#pick(planted).values
  #written = (value: string): string => this.#pick(WRITINGS)(value)
  #pick = <T>(from: readonly T[]): T => from[Math.floor(this.random() * from.length)]!
}
