interface Store<K, V> {
  get(key: K): V | undefined
  set(key: K, value: V): unknown
}

/** What the map holds for the key; made and kept when it holds nothing yet. */
export function remember<K, V>(map: Store<K, V>, key: K, make: () => V): V {
  const known = map.get(key)
  if (known !== undefined) return known
  const made = make()
  map.set(key, made)
  return made
}
