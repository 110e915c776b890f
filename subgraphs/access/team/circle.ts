/** A team and the one it is part of. */
export interface Branch {
  id: string
  parentId: string | null
}

/** Whether following the parents of any team comes back to it; then there is no top that anybody answers for. */
export function hasCircle(teams: readonly Branch[]): boolean {
  const parents = new Map(teams.map(({ id, parentId }) => [id, parentId]))
  const endless = ({ id }: Branch): boolean => {
    const seen = new Set<string>()
    for (let at: string | null = id; at !== null; at = parents.get(at) ?? null) {
      if (seen.has(at)) return true
      seen.add(at)
    }
    return false
  }
  return teams.some(endless)
}
