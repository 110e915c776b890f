/** An event of the event socket: headers as FreeSWITCH wrote them. */
export type FsEvent = Record<string, string>

/** The header's value; undefined for one that is empty or not there. */
export function header(event: FsEvent, name: string): string | undefined {
  const value = Object.hasOwn(event, name) ? event[name] : undefined
  return typeof value === 'string' && value !== '' ? value : undefined
}
