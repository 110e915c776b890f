/** A name (an extension, a queue) and who has it. */
export interface Held {
  name: string
  holderId: string
}

export interface HoldingPlan<H extends Held> {
  end: H[]
  begin: Held[]
}

/**
 * What must end and what must begin for each name in `wanted` to be with its holder (null: with nobody). Names that are not in `wanted`
 * stay as they are, and so does a holding that is already right: asking twice changes nothing.
 */
export function planHoldings<H extends Held>(
  open: readonly H[],
  wanted: ReadonlyMap<string, string | null>,
): HoldingPlan<H> {
  const concerned = open.filter(({ name }) => wanted.has(name))
  const right = (held: Held) => wanted.get(held.name) === held.holderId
  const kept = new Set(concerned.filter(right).map(({ name }) => name))
  const begin = [...wanted].flatMap(([name, holderId]) =>
    holderId === null || kept.has(name) ? [] : [{ name, holderId }],
  )
  return { end: concerned.filter(held => !right(held)), begin }
}
