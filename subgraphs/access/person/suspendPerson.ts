import type { HubContext } from '../../../kernel/context/index.js'
import { ACCESS_TOPIC } from '../../../kernel/feed/index.js'
import { maskFreeText } from '../../../kernel/mask/index.js'
import { checkReason } from '../input/check.js'
import { changePerson } from './changePerson.js'
import { keepAnAdministrator } from './keepAnAdministrator.js'
import { Person } from './person.entity.js'
import { PersonState } from './personState.js'

export async function suspendPerson(ctx: HubContext, id: string, reason: string): Promise<void> {
  await ctx.change(async change => {
    const person = await ctx.open(Person, id, 'update', { fields: ['state'], em: change.em })
    const why = maskFreeText(checkReason('reason', reason))
    await changePerson(ctx.kernel, change, person, { state: PersonState.SUSPENDED })
    await change.em.flush()
    await keepAnAdministrator(change)
    change.record({
      kind: 'PERMISSION',
      action: 'Person.suspended',
      subjectType: 'Person',
      subjectId: id,
      detail: { reason: why },
    })
    change.emit(ACCESS_TOPIC, { personIds: [id] })
  })
}
