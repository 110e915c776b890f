import { createHash } from 'node:crypto'
import { constants, createReadStream } from 'node:fs'
import { access, open, stat } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { bomOf, type Encoding, EncodingProof, notText } from './encoding.js'
import { ImportRefused } from './importRefused.js'

/** Where rows come from: a file, whose end is known, or standard input. */
export interface Source {
  /** First bytes, without any compression. */
  head: Buffer
  /** What it is written in, as far as bytes tell; undefined where they are of no encoding throughout. */
  encoding: Encoding | undefined
  /** Length in bytes without compression, and digest of them all; null of standard input. */
  whole: { bytes: number; digest: string } | null
  /** The bytes from the beginning; how many were taken so far is counted. To be called once. */
  read(): AsyncIterable<Buffer>
  readonly taken: number
}

const HEAD = 64 * 1024

/** Looks a file through once, in bounded memory: only so can one say what it is written in, and know it again. */
export async function openFile(path: string): Promise<Source> {
  await refuseUnreadable(path)
  const isGzip = (await firstBytes(path, 2)).equals(Buffer.from([0x1f, 0x8b]))
  const bytesOf = () => {
    const file = createReadStream(path, { highWaterMark: HEAD })
    if (!isGzip) return file
    const unpacked = createGunzip()
    file.on('error', error => unpacked.destroy(error))
    return file.pipe(unpacked)
  }
  const proof = new EncodingProof()
  const digest = createHash('sha256')
  let head: Buffer = Buffer.alloc(0)
  let bytes = 0
  try {
    for await (const chunk of bytesOf() as AsyncIterable<Buffer>) {
      if (head.length < HEAD) {
        head = Buffer.concat([head, chunk]).subarray(0, HEAD)
        refuseBytes(head)
      }
      bytes += chunk.length
      proof.add(chunk)
      digest.update(chunk)
    }
  } catch (error) {
    if (error instanceof ImportRefused) throw error
    throw new ImportRefused(
      isGzip ? 'The file is no whole gzip archive: unpack it first.' : 'The file cannot be read to its end.',
    )
  }
  const whole = { bytes, digest: digest.digest('hex') }
  return counted({ head, encoding: bomOf(head) ?? proof.found(true), whole }, bytesOf as () => AsyncIterable<Buffer>)
}

/** What it is written in is judged by its beginning, since it comes only once. */
export async function openStream(stream: Readable): Promise<Source> {
  const chunks = stream[Symbol.asyncIterator]() as AsyncIterator<Buffer>
  let head: Buffer = Buffer.alloc(0)
  let isWhole = false
  while (head.length < HEAD) {
    const { value, done } = await chunks.next()
    if (done) {
      isWhole = true
      break
    }
    head = Buffer.concat([head, Buffer.from(value)])
  }
  refuseBytes(head)
  const proof = new EncodingProof()
  proof.add(head)
  async function* bytes() {
    yield head
    for (;;) {
      const { value, done } = isWhole ? { value: undefined, done: true } : await chunks.next()
      if (done) return
      yield Buffer.from(value!)
    }
  }
  return counted({ head: head.subarray(0, HEAD), encoding: bomOf(head) ?? proof.found(isWhole), whole: null }, bytes)
}

function counted(facts: Omit<Source, 'read' | 'taken'>, bytesOf: () => AsyncIterable<Buffer>): Source {
  let taken = 0
  async function* read() {
    for await (const chunk of bytesOf()) {
      taken += chunk.length
      yield chunk
    }
  }
  return {
    ...facts,
    read,
    get taken() {
      return taken
    },
  }
}

async function refuseUnreadable(path: string): Promise<void> {
  const found = await stat(path).catch(() => null)
  if (!found) throw new ImportRefused('There is no such file.')
  if (found.isDirectory()) throw new ImportRefused('This is a folder: name the file in it.')
  if (!found.isFile()) throw new ImportRefused('This is no plain file: write "-" to read standard input.')
  await access(path, constants.R_OK).catch(() => {
    throw new ImportRefused('You may not read this file: give yourself the right, or ask whoever owns it.')
  })
}

async function firstBytes(path: string, count: number): Promise<Buffer> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(count), 0, count, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

function refuseBytes(head: Buffer): void {
  const kind = notText(head)
  if (kind !== undefined)
    throw new ImportRefused(`The file is ${kind}: open it, save it as CSV (UTF-8), and import that.`)
}
