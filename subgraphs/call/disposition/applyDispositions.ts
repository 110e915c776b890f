import type { DispositionConfig } from '../../../kernel/config/index.js'
import type { Kernel } from '../../../kernel/context/index.js'
import { Disposition } from './disposition.entity.js'

/** Brings the dictionary of results up to what HUB_CONFIG names. It adds and updates and never deletes; a second time it changes nothing. */
export async function applyDispositions(kernel: Kernel, named: readonly DispositionConfig[]): Promise<void> {
  if (named.length === 0) return
  await kernel.transact(kernel.systemEm(), async ({ em }) => {
    await kernel.lock(em, 'call:dispositions')
    const known = new Map((await em.find(Disposition, {})).map(disposition => [disposition.id, disposition]))
    for (const [position, { id, name }] of named.entries()) {
      const disposition = known.get(id)
      if (disposition) em.assign(disposition, { name, position })
      else em.create(Disposition, { id, name, position, active: true })
    }
  })
}
