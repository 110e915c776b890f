import { rowCondition } from '../ability/index.js'
import { VIEWER, type Viewer } from './viewer.js'

/**
 * The one row filter, on for every entity: a row that no rule lets through does not exist for the reader. Entities without rules are the
 * hub's own and are read by the system only.
 */
export const readable = {
  name: VIEWER,
  default: true,
  cond: (args: { viewer?: Viewer }, _type: string, _em: unknown, _options: unknown, entityName?: string) => {
    const ability = args.viewer?.ability
    if (ability === 'system') return {}
    if (!ability || !entityName) return NOTHING
    const conditions = rowCondition(ability, 'read', entityName)
    if (conditions.length === 0) return NOTHING
    return conditions.length === 1 ? { ...conditions[0] } : { $or: conditions.map(condition => ({ ...condition })) }
  },
}

/** A condition no row fulfils, whatever its columns: an id in an empty list. */
const NOTHING = { id: { $in: [] } }
