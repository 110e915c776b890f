/** Whether this is the name of a time zone. An offset such as +08:00 is one to Intl, but not to PostgreSQL's schedules. */
export function isZone(name: string): boolean {
  try {
    return /^[A-Za-z]/.test(name) && Boolean(new Intl.DateTimeFormat('en', { timeZone: name }))
  } catch {
    return false
  }
}
