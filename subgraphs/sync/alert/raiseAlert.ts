import type { Change } from '../../../kernel/changes/index.js'
import type { Kernel } from '../../../kernel/context/index.js'
import { newId } from '../../../kernel/id.js'
import { Alert, type Severity } from './alert.entity.js'

/** Topic of the feed on which alerts are told. */
export const ALERT_TOPIC = 'alert'

export type NewAlert = Pick<Alert, 'kind' | 'about' | 'title' | 'owner'> &
  Partial<Pick<Alert, 'effect' | 'nextStep' | 'affected' | 'systemId' | 'teamId'>> & { severity: Severity }

/** Raises an alert, unless one of its kind about the same thing is open. Its words hold no personal value. */
export async function raiseAlert(kernel: Kernel, change: Change, alert: NewAlert): Promise<void> {
  // Two causes at once are one alert.
  await kernel.lock(change.em, `alert:${alert.kind}:${alert.about}`)
  const open = await change.em.findOne(Alert, { kind: alert.kind, about: alert.about, closedAt: null })
  if (open) return
  const none = {
    effect: null,
    nextStep: null,
    affected: null,
    systemId: null,
    teamId: null,
    acknowledgedById: null,
    closedAt: null,
  }
  const raised = change.em.create(Alert, { ...none, ...alert, id: newId(kernel.clock), openedAt: change.at })
  change.emit(ALERT_TOPIC, { alertId: raised.id })
}

/** Closes the alert of this kind about this thing: its cause is gone. */
export async function closeAlert(change: Change, kind: string, about: string): Promise<void> {
  const open = await change.em.findOne(Alert, { kind, about, closedAt: null })
  if (!open) return
  open.closedAt = change.at
  change.emit(ALERT_TOPIC, { alertId: open.id })
}
