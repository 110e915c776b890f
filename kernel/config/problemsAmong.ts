import { Role } from '../ability/index.js'
import { type Path, type Problem, suggest } from './problem.js'
import type { ConfigFile } from './schema.js'

/** What is wrong with entries that are well formed one by one: unknown or doubled names, circles of teams, people without a place. */
export function problemsAmong(file: ConfigFile): Problem[] {
  return [...twice(file), ...unknown(file), ...circles(file.teams), ...misplaced(file)]
}

interface Mention {
  path: Path
  word: string
}

const each = <T>(
  list: readonly T[],
  key: string,
  words: (entry: T) => readonly (readonly [Path, string | undefined])[],
): Mention[] =>
  list.flatMap((entry, i) =>
    words(entry).flatMap(([path, word]) => (word === undefined ? [] : [{ path: [key, i, ...path], word }])),
  )

function twice({ teams, people, queues, systems, dispositions }: ConfigFile): Problem[] {
  const lists: [string, Mention[]][] = [
    ['team', each(teams, 'teams', ({ id }) => [[['id'], id]])],
    ['person', each(people, 'people', ({ id }) => [[['id'], id]])],
    ['system', each(systems, 'systems', ({ id }) => [[['id'], id]])],
    ['queue', each(queues, 'queues', ({ name }) => [[['name'], name]])],
    ['disposition', each(dispositions, 'dispositions', ({ id }) => [[['id'], id]])],
    ['name of a disposition', each(dispositions, 'dispositions', ({ name }) => [[['name'], name]])],
    ['extension', each(people, 'people', ({ extensions }) => extensions.map((word, i) => [['extensions', i], word]))],
    [
      'identity',
      each(people, 'people', ({ identities }) =>
        identities.map(({ issuer = '', subject }, i) => [['identities', i], `${subject}${issuer && ` of ${issuer}`}`]),
      ),
    ],
  ]
  return lists.flatMap(([what, mentions]) => {
    const seen = new Set<string>()
    return mentions.flatMap(({ path, word }) => {
      if (!seen.has(word)) {
        seen.add(word)
        return []
      }
      return [{ path, message: `there is another ${what} "${word}": each may be there once.` }]
    })
  })
}

function unknown({ teams, people, queues }: ConfigFile): Problem[] {
  const teamIds = teams.map(({ id }) => id)
  const personIds = people.map(({ id }) => id)
  const missing = (what: string, known: readonly string[], mentions: Mention[]): Problem[] =>
    mentions
      .filter(({ word }) => !known.includes(word))
      .map(({ path, word }) => ({ path, message: `there is no ${what} "${word}"${suggest(word, known)}` }))
  return [
    ...missing(
      'team',
      teamIds,
      each(teams, 'teams', ({ parent }) => [[['parent'], parent]]),
    ),
    ...missing(
      'team',
      teamIds,
      each(people, 'people', ({ team }) => [[['team'], team]]),
    ),
    ...missing(
      'team',
      teamIds,
      each(queues, 'queues', ({ team }) => [[['team'], team]]),
    ),
    ...missing(
      'person',
      personIds,
      each(people, 'people', ({ deputy }) => [[['deputy'], deputy]]),
    ),
    ...missing(
      'person',
      personIds,
      each(teams, 'teams', ({ supervisors }) => supervisors.map((word, i) => [['supervisors', i], word])),
    ),
  ]
}

/** Teams form trees: nobody supervises themselves through a circle. */
function circles(teams: ConfigFile['teams']): Problem[] {
  const parents = new Map(teams.map(({ id, parent }) => [id, parent]))
  return teams.flatMap(({ id }, i) => {
    const seen = new Set<string>()
    let above = parents.get(id)
    while (above !== undefined && above !== id && !seen.has(above)) {
      seen.add(above)
      above = parents.get(above)
    }
    return above === id
      ? [{ path: ['teams', i, 'parent'], message: `team "${id}" stands above itself: teams must form a tree.` }]
      : []
  })
}

function misplaced({ teams, people }: ConfigFile): Problem[] {
  const supervising = new Set(teams.flatMap(({ supervisors }) => supervisors))
  const roles = new Map(people.map(({ id, role }) => [id, role]))
  return [
    ...people.flatMap(({ id, role, team, deputy }, i): Problem[] => [
      ...(role === Role.AGENT && !team
        ? [{ path: ['people', i], message: `agent "${id}" has no team: add "team".` }]
        : []),
      ...(role === Role.SUPERVISOR && !team && !supervising.has(id)
        ? [
            {
              path: ['people', i],
              message: `supervisor "${id}" has no team: add "team", or name them among a team's supervisors.`,
            },
          ]
        : []),
      ...(deputy === id ? [{ path: ['people', i, 'deputy'], message: 'must be somebody else.' }] : []),
    ]),
    ...teams.flatMap(({ supervisors }, i) =>
      supervisors.flatMap((id, j): Problem[] =>
        (roles.get(id) ?? Role.SUPERVISOR) === Role.SUPERVISOR
          ? []
          : [{ path: ['teams', i, 'supervisors', j], message: `"${id}" does not have the role supervisor.` }],
      ),
    ),
  ]
}
