import { isUtf8 } from 'node:buffer'

export const encodings = ['utf-8', 'gb18030', 'utf-16le', 'utf-16be'] as const
export type Encoding = (typeof encodings)[number]

const BOMS: readonly (readonly [Encoding, readonly number[]])[] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
]

/** The encoding that a mark at the beginning names. */
export const bomOf = (head: Uint8Array): Encoding | undefined =>
  BOMS.find(([, mark]) => mark.every((byte, place) => head[place] === byte))?.[0]

/** By names that people give: GBK and GB2312 are parts of GB18030. */
export function encodingNamed(name: string): Encoding | undefined {
  const plain = name.toLowerCase().replaceAll(/[\s_]/g, '-')
  if (plain === 'utf8') return 'utf-8'
  if (['gbk', 'gb2312', 'gb-18030', 'cp936'].includes(plain)) return 'gb18030'
  if (['utf16', 'utf-16', 'utf16le'].includes(plain)) return 'utf-16le'
  return encodings.find(one => one === plain)
}

const KINDS: readonly (readonly [string, readonly number[]])[] = [
  ['a workbook or an archive (xlsx, zip)', [0x50, 0x4b, 0x03, 0x04]],
  ['an old workbook (xls)', [0xd0, 0xcf, 0x11, 0xe0]],
  ['a PDF', [0x25, 0x50, 0x44, 0x46]],
]

/** What a file is that begins like this and is no text; undefined where it may be one. */
export function notText(head: Uint8Array): string | undefined {
  const kind = KINDS.find(([, mark]) => mark.every((byte, place) => head[place] === byte))?.[0]
  if (kind !== undefined || bomOf(head)?.startsWith('utf-16')) return kind
  return head.subarray(0, 4096).includes(0) ? 'not text' : undefined
}

/** Finds out, chunk by chunk, whether bytes are UTF-8 or GB18030 throughout. */
export class EncodingProof {
  #utf8 = true
  #gb18030 = true
  #rest: Uint8Array = new Uint8Array(0)
  readonly #decoder = new TextDecoder('gb18030', { fatal: true })

  add(chunk: Uint8Array): void {
    if (this.#utf8) this.#addUtf8(chunk)
    if (!this.#gb18030) return
    try {
      this.#decoder.decode(chunk, { stream: true })
    } catch {
      this.#gb18030 = false
    }
  }

  /** undefined: they are neither. `isWhole`: the bytes end here, and not in the middle of a character. */
  found(isWhole: boolean): Encoding | undefined {
    if (this.#utf8 && (!isWhole || this.#rest.length === 0)) return 'utf-8'
    return this.#gb18030 ? 'gb18030' : undefined
  }

  #addUtf8(chunk: Uint8Array): void {
    const bytes = this.#rest.length > 0 ? Buffer.concat([this.#rest, chunk]) : chunk
    const end = wholeUntil(bytes)
    this.#utf8 = isUtf8(bytes.subarray(0, end))
    this.#rest = bytes.slice(end)
  }
}

/** Where the last character begins that is not there to its end; the length where all are. */
function wholeUntil(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back]!
    if ((byte & 0xc0) === 0x80) continue
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1
    return length > back ? bytes.length - back : bytes.length
  }
  return bytes.length
}

/** The same text in UTF-8, without a mark at its beginning. Bytes that are no character become U+FFFD. */
export async function* inUtf8(bytes: AsyncIterable<Uint8Array>, encoding: Encoding): AsyncGenerator<Buffer> {
  if (encoding === 'utf-8') return yield* withoutBom(bytes)
  const decoder = new TextDecoder(encoding)
  for await (const chunk of bytes) {
    const text = decoder.decode(chunk, { stream: true })
    if (text !== '') yield Buffer.from(text)
  }
  const last = decoder.decode()
  if (last !== '') yield Buffer.from(last)
}

async function* withoutBom(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let head: Buffer | null = Buffer.alloc(0)
  for await (const chunk of bytes) {
    if (head === null) {
      yield Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)
      continue
    }
    head = Buffer.concat([head, chunk])
    if (head.length < 3) continue
    yield bomOf(head) === 'utf-8' ? head.subarray(3) : head
    head = null
  }
  if (head !== null && head.length > 0) yield head
}
