import type { RecordingStore } from '../../kernel/ports/index.js'
import { recordingFrom } from '../common/recordingStore.js'
import { type Door, unreachable } from './ask.js'

/** Recordings below the system's own address; what lies elsewhere is not fetched, since the secret would go there. */
export const recordingsOf = (door: Door): RecordingStore => ({
  fetch: async (where, signal) => recordingFrom(urlOf(door, where), { token: door.secret }, signal),
})

/** A path below the address, or the whole of such an address. */
function urlOf({ address }: Door, where: string): URL {
  const base = address.href.replace(/\/$/, '')
  const url = URL.parse(/^https?:/i.test(where) ? where : `${base}/${where.replace(/^\/+/, '')}`)
  if (!url?.href.startsWith(`${base}/`)) throw unreachable('the recording lies outside of its address')
  return url
}
