import { cannotRead } from '../../common/cannotRead.js'
import { fetchFrom, NotFetched, type WebAccount } from '../../common/fetchFrom.js'
import type { Surroundings } from '../../common/surroundings.js'
import type { RowSource } from './row.js'
import { type ReadLine, textRows } from './textRows.js'

const MOST_BYTES = 4 * 2 ** 30

/** Rows that a web server hands out; `{from}` and `{to}` in the address are filled with the times that are wanted. */
export function urlSource(
  template: string,
  account: WebAccount,
  reader: () => ReadLine,
  surroundings: Surroundings,
): RowSource {
  return {
    // What follows may hold a key.
    about: template.split(/[?#]/)[0]!,
    async *rows(span, signal) {
      try {
        const { headers, pieces } = await fetchFrom(addressOf(template, span), account, {
          signal,
          surroundings,
          mostBytes: MOST_BYTES,
        })
        const length = headers.get('content-encoding') === null ? Number(headers.get('content-length')) : 0
        yield* textRows(pieces, reader(), {
          cut: false,
          share: bytes => (length > 0 ? Math.min(1, bytes / length) : 0),
        })
      } catch (error) {
        throw error instanceof NotFetched ? cannotRead(error.message) : error
      }
    },
  }
}

function addressOf(template: string, { from, to }: { from: Date; to: Date }): URL {
  const filled = template
    .replaceAll('{from}', encodeURIComponent(from.toISOString()))
    .replaceAll('{to}', encodeURIComponent(to.toISOString()))
  return new URL(filled)
}
