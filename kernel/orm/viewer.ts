import type { EntityManager } from '@mikro-orm/postgresql'
import type { Ability, Actor } from '../ability/index.js'

/** For whom an entity manager reads and writes. The hub's own loops act as `system`; nobody at all reads nothing. */
export interface Viewer {
  actor: Actor | null
  ability: Ability | 'system'
  requestId: string | null
  /** What the system acts upon, such as a connected System's id: it stands in the audit in place of a person. */
  systemId: string | null
}

export const VIEWER = 'readable'

export const viewAs = <E extends EntityManager>(em: E, viewer: Viewer): E => {
  em.setFilterParams(VIEWER, { viewer })
  return em
}

export const systemViewer = (systemId: string | null = null): Viewer => ({
  actor: null,
  ability: 'system',
  requestId: null,
  systemId,
})

export function viewerOf(em: EntityManager): Viewer {
  const viewer = em.getFilterParams<{ viewer: Viewer }>(VIEWER)?.viewer
  if (!viewer) throw new Error('This entity manager has no viewer: fork it with ctx.em or hub.systemEm().')
  return viewer
}
