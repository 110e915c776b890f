import type { Kernel } from '../../../kernel/context/index.js'
import type { Span } from '../../../kernel/ports/index.js'
import { unsureSince } from '../../call/index.js'
import { LONGEST_MS } from './nextStep.js'

/** The clocks of the hub and of a system may differ by so much. */
const MARGIN_MS = 2 * 60_000

/**
 * What to read to fill a gap: it, calls that it touched (a record may stand under the time when its call began, or under that when it ended), and
 * a margin for clocks that differ.
 */
export async function spanOf(kernel: Kernel, systemId: string, gap: { fromAt: Date; toAt: Date }): Promise<Span> {
  const first = (await unsureSince(kernel, systemId, gap.fromAt)) ?? gap.fromAt
  const last = Math.min(kernel.clock.now().getTime(), gap.toAt.getTime() + LONGEST_MS)
  return { from: new Date(first.getTime() - MARGIN_MS), to: new Date(last + MARGIN_MS) }
}
