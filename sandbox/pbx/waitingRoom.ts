import { remember } from '../../kernel/remember.js'
import { agentsOf, sandboxQueues } from '../agents.js'
import type { LiveCall } from './liveCall.js'

/** Callers who wait, by whom they wait for: a queue, or one agent. */
export class WaitingRoom {
  readonly #lines = new Map<string, Set<LiveCall>>()

  /** `turnOf`: who was there first. */
  constructor(private readonly turnOf: (call: LiveCall) => number) {}

  enter(call: LiveCall): void {
    remember(this.#lines, lineOf(call), () => new Set()).add(call)
  }

  leave(call: LiveCall): void {
    const line = this.#lines.get(lineOf(call))
    if (line?.delete(call) && line.size === 0) this.#lines.delete(lineOf(call))
  }

  /** The caller who has waited longest of those for whom somebody is free, and who that is. */
  next(free: (extensions: readonly string[]) => string | undefined): { call: LiveCall; extension: string } | undefined {
    let found: { call: LiveCall; extension: string } | undefined
    for (const line of this.#lines.values()) {
      const call = line.values().next().value!
      if (found && this.turnOf(found.call) < this.turnOf(call)) continue
      const extension = free(wantedBy(call))
      if (extension) found = { call, extension }
    }
    return found
  }
}

const lineOf = ({ plan }: LiveCall): string => plan.extension ?? `queue ${plan.queue}`

function wantedBy({ plan }: LiveCall): string[] {
  if (plan.extension) return [plan.extension]
  const team = sandboxQueues.find(({ name }) => name === plan.queue)?.team
  return team ? agentsOf(team).map(({ extension }) => extension) : []
}
