import type { HubContext } from '../../../kernel/context/index.js'
import { maskPhone } from '../../../kernel/mask/index.js'
import { normalisePhone } from '../../../kernel/phone/index.js'
import { agentById } from '../../access/index.js'
import type { Call } from '../../call/index.js'
import type { Line } from './line.js'
import type { Names } from './words/names.js'

/** How values of a call's life are shown to this viewer. Phones are those of whoever held them when the call began. */
export async function namesFor(ctx: HubContext, call: Call, lines: readonly Line[]): Promise<Names> {
  const extensions = [...new Set(lines.flatMap(extensionsIn))]
  const held = await ctx.kernel.ports.desk.agentsAt(ctx.kernel.systemEm(), extensions, new Date(call.startedAt))
  const people = new Map<string, string>()
  const shownExtensions = new Set<string>()
  const add = async (id: string) => {
    const agent = await agentById(ctx, id)
    if (!agent || !ctx.may('read', 'Agent', agent, 'name')) return
    people.set(id, agent.name)
    if (ctx.may('read', 'Agent', agent, 'extension')) shownExtensions.add(id)
  }
  const ids = new Set([...held.values()].map(({ id }) => id).concat(lines.flatMap(peopleIn)))
  await Promise.all([...ids].map(add))
  const clock = new Intl.DateTimeFormat('en-GB', { timeZone: ctx.kernel.zone, timeStyle: 'medium' })
  const seesLines = ctx.readableFields('Call', call).has('lineId')
  const who = (extension: string) => {
    const holder = held.get(extension)
    if (!holder) return SHORT.test(extension) ? extension : '****'
    const name = people.get(holder.id) ?? null
    return name !== null && shownExtensions.has(holder.id) ? `${name} (${extension})` : name
  }
  return {
    number: raw => (held.has(raw) ? (who(raw) ?? '****') : masked(raw)),
    who,
    person: id => people.get(id) ?? null,
    line: name => (seesLines ? name : null),
    time: at => clock.format(new Date(at)),
  }
}

/** What may be shown of an extension that nobody held: a system may put anything in its place. */
const SHORT = /^[0-9*#]{1,6}$/

/** What is no number is hidden whole. */
function masked(raw: string): string {
  const { canonical } = normalisePhone(raw)
  return canonical === null ? '****' : maskPhone(canonical)
}

/** As HUB_CONFIG takes them, but no number of somebody outside. */
const isExtension = (text: string): boolean => /^[0-9*#]{1,16}$/.test(text) && normalisePhone(text).canonical === null

const extensionsIn = (line: Line): string[] =>
  line.stage === 'HEARD'
    ? [line.fact.extension, line.fact.from, line.fact.to].filter(one => one !== undefined).filter(isExtension)
    : []

function peopleIn(line: Line): string[] {
  const id =
    line.stage === 'AUDIT'
      ? line.actorId
      : line.stage === 'LINK'
        ? line.by
        : line.stage === 'SCREEN'
          ? line.personId
          : null
  return id === null ? [] : [id]
}
