import type { Kernel } from '../../../kernel/context/index.js'
import type { Notices } from '../../../kernel/ports/index.js'
import { Alert, Severity } from './alert.entity.js'
import { raiseAlert } from './raiseAlert.js'

const HOUR_MS = 3_600_000

/** Tells people in charge what needs their eyes, as alerts. */
export class AlertNotices implements Notices {
  constructor(private readonly kernel: () => Kernel) {}

  async budgetExceeded({ personId, kind }: { personId: string; kind: string }): Promise<void> {
    const kernel = this.kernel()
    const person = await kernel.ports.people.personById(kernel.systemEm(), personId)
    await kernel.transact(kernel.systemEm(), async change => {
      // One notice an hour, whether or not somebody has looked at the last one.
      const about = `${personId} ${Math.floor(change.at.getTime() / HOUR_MS)}`
      await kernel.lock(change.em, `alert:budget.${kind}:${about}`)
      const known = await change.em.count(Alert, { kind: `budget.${kind}`, about })
      if (known > 0) return
      await raiseAlert(kernel, change, {
        severity: Severity.WARNING,
        kind: `budget.${kind}`,
        about,
        title: `${person?.name ?? personId} used up a budget: ${kind}.`,
        effect: 'Nothing more of that kind is shown to them for now.',
        nextStep: 'Ask what the readings were for; the audit trail names each of them.',
        teamId: person?.teamId ?? null,
        owner: 'business-systems',
      })
    })
  }
}
