import type { Survey } from '../../kernel/ports/index.js'
import type { Additions, Named } from './configText.js'
import type { Talk } from './talk.js'

/** Whose the extensions and queues are that nobody has yet. Without people and a team the hub credits calls to nobody. */
export async function askPeople(survey: Survey, named: Named, talk: Talk): Promise<Additions> {
  const extensions = survey.extensions.filter(({ number }) => !named.extensions.includes(number))
  const queues = survey.queues.filter(({ name }) => !named.queues.includes(name))
  const chosen = await choosePeople(extensions, talk)
  if (chosen.length === 0 && queues.length === 0) return { people: administrator(named) }
  const team = await talk.ask('team', 'In which team are they, and whose are the queues?', named.teams[0] ?? 'sales')
  return {
    teams: named.teams.includes(team) ? [] : [{ id: team, name: team }],
    people: [...administrator(named), ...chosen.map(one => personAt(one, team, named.people))],
    queues: queues.map(({ name }) => ({ name, team })),
  }
}

async function choosePeople(extensions: Survey['extensions'], talk: Talk): Promise<Survey['extensions']> {
  if (extensions.length === 0) return []
  const choices = extensions.map(({ number, name }) => ({
    value: number,
    label: name ? `${number}  ${name}` : number,
    checked: true,
  }))
  const wanted = await talk.choose('people', 'Which of these telephones are people of the hub?', choices)
  return extensions.filter(({ number }) => wanted.includes(number))
}

function personAt({ number, name }: Survey['extensions'][number], team: string, taken: readonly string[]) {
  const id = `agent-${number}`
  const free = taken.includes(id) ? `${id}-phone` : id
  return { id: free, name: name ?? number, role: 'agent', team, identities: [{ subject: free }], extensions: [number] }
}

/** Somebody has to see the systems. */
const administrator = ({ administrators, people }: Named): NonNullable<Additions['people']> => {
  if (administrators.length > 0) return []
  const id = people.includes('admin') ? 'hub-admin' : 'admin'
  return [{ id, name: 'Administrator', role: 'admin', identities: [{ subject: id }] }]
}
