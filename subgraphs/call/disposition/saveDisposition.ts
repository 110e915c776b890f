import type { HubContext } from '../../../kernel/context/index.js'
import { badInput, conflict, forbidden, unreadableText } from '../../../kernel/errors.js'
import { isText } from '../../../kernel/text.js'
import { Disposition } from './disposition.entity.js'
import type { DispositionInput } from './dispositionInput.js'

const ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/
const LONGEST_NAME = 100

/** Adds a result to the dictionary, or changes one. Calls that have it keep the name it had. */
export async function saveDisposition(ctx: HubContext, input: DispositionInput): Promise<Disposition | null> {
  if (!ctx.mayAtAll('create', Disposition)) throw forbidden()
  const name = input.name.trim()
  if (!ID.test(input.id))
    throw badInput('input.id', 'An id has up to 64 letters, digits, dots, dashes and underscores.')
  if (name === '' || name.length > LONGEST_NAME) throw badInput('input.name', 'A name has 1 to 100 characters.')
  if (!isText(name)) throw unreadableText('input.name')
  await ctx.change(async ({ em }) => {
    await ctx.kernel.lock(em, 'call:dispositions')
    const all = await em.find(Disposition, {})
    if (all.some(other => other.name === name && other.id !== input.id))
      throw badInput('input.name', 'Another result has this name already.')
    if (input.version != null) {
      const { id, version } = input
      const disposition = await ctx.open(Disposition, id, 'update', { fields: ['name', 'active'], version, em })
      em.assign(disposition, { name, active: input.active ?? disposition.active })
    } else {
      if (all.some(({ id }) => id === input.id)) throw conflict('disposition')
      em.create(Disposition, { id: input.id, name, position: all.length, active: input.active ?? true })
    }
  })
  return ctx.reread(Disposition, input.id)
}
