import type { Change } from '../../../kernel/changes/index.js'
import type { Kernel } from '../../../kernel/context/index.js'
import { Severity } from '../alert/alert.entity.js'
import { closeAlert, raiseAlert } from '../alert/raiseAlert.js'
import { GAP_ALERT } from '../alert/systemAlerts.js'
import { MOST_TRIES, waitingGaps } from '../gap/gaps.js'
import type { ConnectedSystem } from '../system/connectedSystem.js'
import { System, SystemState } from '../system/system.entity.js'

const EFFECT = 'Calls of that time may be missing, or known in part only; reports of those hours may be too low.'

/** Tells that a gap stays because the system has no records to fill it from. */
export const alertNoSource = (
  kernel: Kernel,
  change: Change,
  { settings, connector }: ConnectedSystem,
): Promise<void> =>
  raiseAlert(kernel, change, {
    severity: Severity.INFO,
    kind: GAP_ALERT,
    about: settings.id,
    title: `Events of ${settings.name} did not arrive for a while, and it has no records to fill the gap from.`,
    effect: EFFECT,
    nextStep: `Name its records under "backfill" in HUB_CONFIG${
      connector.sourceAt ? `, or read them once: npm run backfill -- ${settings.id} --source PATH` : ''
    }.`,
    systemId: settings.id,
    owner: 'telecom',
  })

/** Tells that the records of a system cannot be read: it works, with failures. */
export async function alertFailing(
  kernel: Kernel,
  change: Change,
  { settings }: ConnectedSystem,
  reason: string,
): Promise<void> {
  const system = await change.em.findOne(System, { id: settings.id })
  if (system?.state === SystemState.UP) system.state = SystemState.DEGRADED
  await raiseAlert(kernel, change, {
    severity: Severity.WARNING,
    kind: GAP_ALERT,
    about: settings.id,
    title: `A gap in the events of ${settings.name} could not be filled.`,
    effect: EFFECT,
    nextStep: `${reason} It is tried again every hour.`,
    systemId: settings.id,
    owner: 'telecom',
  })
}

/** A gap was closed: what was told of gaps holds no more if it was the last, or the last that could not be filled. */
export async function settleAlert(change: Change, systemId: string): Promise<void> {
  await change.em.flush()
  const left = await waitingGaps(change.em, systemId)
  if (left.length === 0) await closeAlert(change, GAP_ALERT, systemId)
  if (left.some(({ tries }) => tries >= MOST_TRIES)) return
  const system = await change.em.findOne(System, { id: systemId })
  if (system?.state === SystemState.DEGRADED) system.state = SystemState.UP
}
