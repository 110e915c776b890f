const NEWLINE = 0x0a
const RETURN = 0x0d

/** A line of a text; `text` is null where it is longer than it may be, or where the text ends within it. */
export interface Line {
  text: string | null
  /** Bytes of the text up to its end. */
  bytes: number
}

/**
 * The lines of a text that comes in pieces, whatever their size. No more of a line is kept than it may have, so that a text without line
 * breaks costs no memory. `cut`: a last line without its end counts for nothing, since whoever writes it is not done.
 */
export async function* linesOf(
  pieces: AsyncIterable<Buffer>,
  { longest, cut }: { longest: number; cut: boolean },
): AsyncGenerator<Line> {
  let rest: Buffer[] = []
  let length = 0
  let bytes = 0
  const keep = (part: Buffer) => {
    length += part.length
    if (length > longest) rest = []
    // Copied, so that an unfinished line does not keep the whole piece in memory.
    else if (part.length > 0) rest.push(Buffer.from(part))
  }
  const finish = (): Line => {
    const text = length > longest ? null : textOf(Buffer.concat(rest))
    rest = []
    length = 0
    return { text, bytes }
  }
  for await (const piece of pieces) {
    let start = 0
    for (let end = piece.indexOf(NEWLINE); end >= 0; end = piece.indexOf(NEWLINE, start)) {
      keep(piece.subarray(start, end))
      bytes += end + 1 - start
      start = end + 1
      yield finish()
    }
    keep(piece.subarray(start))
    bytes += piece.length - start
  }
  if (length > 0) yield cut ? { text: null, bytes } : finish()
}

/** Bytes that are no UTF-8 become replacement characters: what the hub reads of such lines is in ASCII. */
const textOf = (line: Buffer): string =>
  (line.at(-1) === RETURN ? line.subarray(0, -1) : line).toString('utf8').replace(/^\uFEFF/, '')
