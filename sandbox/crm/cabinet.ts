import type { Clock } from '../../kernel/clock.js'
import { parse } from '../http/parse.js'
import { missing, Refusal } from '../http/refusal.js'
import { duplicatesOf } from './duplicates.js'
import type { Records } from './firstRecords.js'
import type { CrmRecord, Resource, ResourceName } from './resources.js'

/** What the CRM tells about a change; `changed` holds the new values of the fields that changed, all of them after a creation. */
export interface CrmChange {
  event: 'created' | 'updated' | 'deleted'
  type: Resource['type']
  recordId: string
  version: number
  at: string
  changed: Record<string, unknown>
}

export interface CabinetState {
  records: Records
  /** The newest `modifiedAt` given out, in milliseconds. */
  lastStamp: number
  lastNumber: number
}

/** The CRM's records and the rules of changing them. */
export class Cabinet {
  readonly #state: CabinetState
  readonly #clock: Clock
  readonly #tell: (change: CrmChange) => void

  constructor(state: CabinetState, clock: Clock, tell: (change: CrmChange) => void) {
    this.#state = state
    this.#clock = clock
    this.#tell = tell
  }

  all = (name: ResourceName): CrmRecord[] => Object.values(this.#state.records[name])

  get(name: ResourceName, id: string): CrmRecord {
    const records = this.#state.records[name]
    if (!Object.hasOwn(records, id)) throw missing()
    return records[id]!
  }

  /** Refuses with 409 and the candidates when the record seems to exist already, unless told to go on. */
  create(resource: Resource, body: unknown, skipDuplicateCheck: boolean): CrmRecord {
    const fields = parse(resource.fields, body)
    this.#checkReferences(resource, fields)
    const candidates = skipDuplicateCheck ? [] : duplicatesOf(resource.name, this.all(resource.name), fields)
    if (candidates.length > 0) throw new Refusal(409, 'duplicate', { candidates })
    const stamp = this.#stamp()
    const record: CrmRecord = { id: this.#newId(resource), version: 1, createdAt: stamp, modifiedAt: stamp, ...fields }
    this.#state.records[resource.name][record.id] = record
    this.#announce(resource, 'created', record, fields)
    return record
  }

  /** `expected` is the version the caller read; another one is refused with 409 and the current values. */
  update(resource: Resource, id: string, body: unknown, expected: number | null): CrmRecord {
    const current = this.get(resource.name, id)
    refuseStale(current, expected)
    const fields = sentFields(resource, body)
    this.#checkReferences(resource, fields)
    const changed = Object.fromEntries(
      Object.entries(fields).filter(([field, value]) => JSON.stringify(value) !== JSON.stringify(current[field])),
    )
    if (Object.keys(changed).length === 0) return current
    const record = { ...current, ...changed, version: current.version + 1, modifiedAt: this.#stamp() }
    this.#state.records[resource.name][id] = record
    this.#announce(resource, 'updated', record, changed)
    return record
  }

  delete(resource: Resource, id: string, expected: number | null): void {
    const current = this.get(resource.name, id)
    refuseStale(current, expected)
    delete this.#state.records[resource.name][id]
    this.#announce(resource, 'deleted', { ...current, version: current.version + 1, modifiedAt: this.#stamp() }, {})
  }

  #checkReferences({ references }: Resource, fields: Record<string, unknown>): void {
    for (const [field, name] of Object.entries(references)) {
      const id = fields[field]
      if (typeof id === 'string' && !Object.hasOwn(this.#state.records[name], id))
        throw new Refusal(400, 'bad_input', { field, message: 'no such record' })
    }
  }

  #stamp(): string {
    this.#state.lastStamp = Math.max(this.#clock.now().getTime(), this.#state.lastStamp + 1)
    return new Date(this.#state.lastStamp).toISOString()
  }

  #newId({ prefix }: Resource): string {
    this.#state.lastNumber += 1
    return `${prefix}-${this.#state.lastNumber}`
  }

  #announce({ type }: Resource, event: CrmChange['event'], record: CrmRecord, changed: Record<string, unknown>): void {
    this.#tell({ event, type, recordId: record.id, version: record.version, at: record.modifiedAt, changed })
  }
}

function refuseStale(current: CrmRecord, expected: number | null): void {
  if (expected !== null && expected !== current.version) throw new Refusal(409, 'modified', { current })
}

/** The fields that were sent: a missing one stays as it is, and defaults are for new records only. */
function sentFields({ fields }: Resource, body: unknown): Record<string, unknown> {
  const parsed = parse(fields.partial(), body)
  return Object.fromEntries(Object.entries(parsed).filter(([field]) => Object.hasOwn(body as object, field)))
}
