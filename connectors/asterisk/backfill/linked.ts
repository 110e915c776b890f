import type { Row } from './row.js'

/** More than a day's channels of a large company. */
const MOST = 200_000

/** Of which call each channel is, where that is not the one it began: the log of queues names the channel only. */
export class Linked {
  readonly #calls = new Map<string, string>()

  /** The row with its call, as far as rows before it told. */
  with(row: Row): Row {
    const { uniqueid, linkedid, callid } = row
    if (uniqueid !== undefined && linkedid !== undefined && uniqueid !== linkedid && this.#calls.size < MOST)
      this.#calls.set(uniqueid, linkedid)
    const known = callid === undefined ? undefined : this.#calls.get(callid)
    return known === undefined ? row : { ...row, linkedid: known }
  }
}
