import { type Document, isMap, isSeq, parseDocument, type YAMLMap, type YAMLSeq } from 'yaml'

const EMPTY = `# Who and what the hub works with. Written by "npm run connect", and yours to change: see the README.
teams: []
people: []
queues: []
systems: []
`

/** What is added to a HUB_CONFIG; entries with an id (or a name) that is there already take its place. */
export interface Additions {
  teams?: { id: string; name: string }[]
  people?: { id: string; name: string; role: string; team?: string; identities: object[]; extensions?: string[] }[]
  queues?: { name: string; team: string }[]
  systems?: { id: string; [key: string]: unknown }[]
}

/** What a HUB_CONFIG names so far. */
export interface Named {
  teams: string[]
  people: string[]
  administrators: string[]
  extensions: string[]
  queues: string[]
  systems: string[]
}

const KEYS: Record<keyof Additions, string> = { teams: 'id', people: 'id', queues: 'name', systems: 'id' }

/** The file with these entries in it; comments and all the rest stay as they are. `null`: there is no file yet. */
export function addTo(text: string | null, additions: Additions): string {
  const doc = parseDocument(text?.trim() ? text : EMPTY)
  for (const list of Object.keys(KEYS) as (keyof Additions)[])
    for (const entry of additions[list] ?? []) put(doc, list, KEYS[list], entry)
  return doc.toString({ lineWidth: 120 })
}

export function namedIn(text: string | null): Named {
  const file = (text === null ? null : parseDocument(text).toJS()) as Partial<Record<keyof Additions, Entry[]>> | null
  const all = (list: keyof Additions) => (Array.isArray(file?.[list]) ? file[list] : [])
  const texts = (list: keyof Additions, key: string) => all(list).flatMap(one => (one[key] ? [String(one[key])] : []))
  return {
    teams: texts('teams', 'id'),
    people: texts('people', 'id'),
    administrators: all('people').flatMap(({ id, role }) => (/^admin$/i.test(String(role)) ? [String(id)] : [])),
    extensions: all('people').flatMap(({ extensions }) => (Array.isArray(extensions) ? extensions.map(String) : [])),
    queues: texts('queues', 'name'),
    systems: texts('systems', 'id'),
  }
}

type Entry = Record<string, unknown>

function put(doc: Document, list: string, key: string, entry: object): void {
  const seq = listIn(doc, list)
  const node = doc.createNode(entry) as YAMLMap
  const place = seq.items.findIndex(item => isMap(item) && item.get(key) === (entry as Entry)[key])
  if (place < 0) seq.add(node)
  else seq.items[place] = node
}

function listIn(doc: Document, list: string): YAMLSeq {
  const known = doc.get(list)
  if (isSeq(known)) {
    known.flow = false
    return known
  }
  const seq = doc.createNode([]) as YAMLSeq
  seq.flow = false
  doc.set(list, seq)
  return seq
}
