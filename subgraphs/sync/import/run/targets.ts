import type { Change } from '../../../../kernel/changes/index.js'
import type { Kernel } from '../../../../kernel/context/index.js'
import type { Loaded } from '../../../../kernel/ports/index.js'
import { loadCallBatch } from '../../../call/index.js'
import { loadCustomerBatch, loadDealBatch } from '../../../crm/index.js'
import { callOf } from '../map/callOf.js'
import type { Cells } from '../map/cells.js'
import { customerOf } from '../map/customerOf.js'
import { dealOf } from '../map/dealOf.js'
import type { ImportType } from '../map/fields.js'
import type { Mapped, Surroundings } from '../map/mapped.js'

/** What rows of a type become, and where they go. */
export interface Target<T> {
  /** As the audit names it. */
  subjectType: string
  mapped(cells: Cells, surroundings: Surroundings): Mapped<T>
  load(kernel: Kernel, change: Change, systemId: string, records: readonly T[], dry: boolean): Promise<Loaded[]>
  /** What tells whether two records are of one thing. */
  identity(record: T): string
}

const target = <T>(one: Target<T>): Target<unknown> => one as Target<unknown>

export const targets: Record<ImportType, Target<unknown>> = {
  customers: target({
    subjectType: 'Customer',
    mapped: customerOf,
    load: loadCustomerBatch,
    identity: ({ externalId, phones }) => externalId ?? phones.join(),
  }),
  calls: target({
    subjectType: 'Call',
    mapped: callOf,
    load: loadCallBatch,
    identity: ({ externalId }) => externalId,
  }),
  deals: target({
    subjectType: 'Deal',
    mapped: dealOf,
    load: loadDealBatch,
    identity: ({ orderNo }) => orderNo,
  }),
}
