const units = { s: 1, m: 60, h: 3600 }

/** Seconds in `90s`, `30m` or `1h`; null for anything else. */
export function ttlSeconds(text: string): number | null {
  const [, amount, unit] = /^(\d{1,6})([smh])$/.exec(text) ?? []
  return amount && unit ? Number(amount) * units[unit as keyof typeof units] : null
}
