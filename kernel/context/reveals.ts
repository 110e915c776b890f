import DataLoader from 'dataloader'
import { permits, Role, ruleFor } from '../ability/index.js'
import { forbidden, rateLimited } from '../errors.js'
import { type Origin, Reveal, type Sensitive } from '../sensitive/sensitive.js'
import { REVEALS, spend } from './budget.js'
import type { HubContext } from './hubContext.js'

const REQUESTERS: ReadonlySet<Role> = new Set([Role.AGENT, Role.SUPERVISOR, Role.ADMIN])

interface Reading {
  origin: Origin
  grantId: string | null
}

/**
 * The one door to full personal values. All readings of one request become one transaction: budget, audit entry, then the value; no value
 * leaves before its entry is committed.
 */
export class Reveals {
  readonly #readings: DataLoader<Reading, boolean>
  readonly #values: DataLoader<Buffer, string | null>

  constructor(private readonly ctx: HubContext) {
    this.#readings = new DataLoader(readings => this.#account(readings), { cache: false, maxBatchSize: REVEALS.perDay })
    this.#values = new DataLoader(ciphers => ctx.kernel.dataKeys.decryptMany([...ciphers]), { cache: false })
  }

  stateOf({ origin, cipher }: Sensitive): Reveal {
    if (!origin || !cipher) return Reveal.DENIED
    if (permits(this.ctx.ability, 'reveal', origin.type, origin.row, origin.field)) return Reveal.ALLOWED
    return REQUESTERS.has(this.ctx.actor.role) ? Reveal.REQUESTABLE : Reveal.DENIED
  }

  async read({ origin, cipher }: Sensitive): Promise<string | null> {
    const reading = this.#permission(origin)
    if (!reading) throw forbidden()
    if (this.ctx.caller.via === 'GET') throw forbidden('Full values are not given over GET: use POST.')
    if (!cipher) return null
    if (!(await this.#readings.load(reading))) {
      throw rateLimited(
        'You have read as many full values as you may for now. Your supervisor was told; try again in an hour.',
        3600,
      )
    }
    return this.#values.load(cipher)
  }

  /** Whether free text of this row may be shown with the personal values in it; that is a reading like any other. */
  mayShowText(origin: Origin): boolean | Promise<boolean> {
    const reading = this.ctx.caller.via === 'GET' ? null : this.#permission(origin)
    return reading !== null && this.#readings.load(reading)
  }

  #permission(origin: Origin | undefined): Reading | null {
    const rule = origin && ruleFor(this.ctx.ability, 'reveal', origin.type, origin.row, origin.field)
    return rule ? { origin, grantId: rule.reason ?? null } : null
  }

  async #account(readings: readonly Reading[]): Promise<boolean[]> {
    const { kernel, actor } = this.ctx
    const allowed = await kernel.transact(this.ctx.em.fork({ keepTransactionContext: false }), async change => {
      const left = await spend(change.em, REVEALS, actor.id, change.at, readings.length)
      for (const { origin, grantId } of readings.slice(0, left)) {
        const row = origin.row as { id?: string; customerId?: string | null }
        change.record({
          kind: 'ACCESS',
          action: `${origin.type}.revealed`,
          subjectType: origin.type,
          subjectId: row.id,
          customerId: row.customerId ?? (origin.type === 'Customer' ? row.id : null),
          fields: [origin.field],
          grantId,
        })
      }
      if (left < readings.length) {
        change.record({ kind: 'ACCESS', action: 'reveal.budgetExceeded', detail: { refused: readings.length - left } })
      }
      return left
    })
    if (allowed < readings.length) await kernel.ports.notices.budgetExceeded({ personId: actor.id, kind: REVEALS.kind })
    return readings.map((_, i) => i < allowed)
  }
}
