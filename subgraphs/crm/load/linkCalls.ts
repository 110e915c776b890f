import type { EntityManager } from '@mikro-orm/postgresql'
import type { Kernel } from '../../../kernel/context/index.js'
import { lockCalls } from '../customer/phones.js'

/** Links the calls that waited for these numbers, once all of them are written: no call is stored from here to the end of the transaction. */
export async function linkCalls(kernel: Kernel, em: EntityManager, indexes: readonly string[]): Promise<void> {
  if (indexes.length === 0) return
  await lockCalls(kernel, em)
  await kernel.ports.follower.numbersKnown(em, [...new Set(indexes)])
}
