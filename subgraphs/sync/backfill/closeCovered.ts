import type { Kernel } from '../../../kernel/context/index.js'
import type { Span } from '../../../kernel/ports/index.js'
import type { Gap } from '../gap/gap.entity.js'
import { closeGap, waitingGaps } from '../gap/gaps.js'
import { settleAlert } from './gapAlert.js'
import { SETTLE_MS } from './nextStep.js'

export interface Covered {
  closed: number
  /** Gaps that are still open because records of calls that they touched may come yet. */
  early: number
}

/** Closes gaps that lie in a span whose records were read from `began` on. */
export async function closeCovered(kernel: Kernel, systemId: string, span: Span, began: Date): Promise<Covered> {
  return kernel.transact(kernel.systemEm(systemId), async change => {
    await kernel.lock(change.em, `gap:${systemId}`)
    const covered = (await waitingGaps(change.em, systemId)).filter(gap => lies(gap, span))
    const late = covered.filter(gap => began.getTime() - gap.toAt!.getTime() >= SETTLE_MS)
    for (const gap of late) closeGap(change, gap)
    if (late.length > 0) await settleAlert(change, systemId)
    return { closed: late.length, early: covered.length - late.length }
  })
}

const lies = ({ fromAt, toAt }: Gap, { from, to }: Span): boolean => toAt !== null && fromAt >= from && toAt <= to
