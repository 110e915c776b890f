import { constants, type Dirent } from 'node:fs'
import { open, opendir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Backfilled, BackfillSink, BackfillSource, HookDelivery, Span } from '../../kernel/ports/index.js'
import { cannotRead } from '../common/cannotRead.js'
import { recordOf } from './hook.js'
import { timesOf } from './readRecord.js'

/** A record has 10 to 30 KB. */
const LARGEST = 8 * 1024 * 1024
/** Records that are stored together. */
const BATCH = 200
const BATCH_BYTES = 4 * 1024 * 1024
/** mod_json_cdr may begin a sub-folder whenever its log is rotated. */
const DEEPEST = 2
/** A file is written when its leg is over; one that is older by this much tells of nothing later, however clocks were set. */
const DAY_MS = 24 * 60 * 60 * 1000
/** As often as this at most it is told how far it has come. */
const STEPS = 200
/** Files that are looked at once more: whoever wrote them may have been in the middle of it. */
const MOST_AGAIN = 1000

/** The folder in which mod_json_cdr leaves records: all of them, or those that it could not post. Every file stays as it is. */
export const recordFolder = (folder: string): BackfillSource => ({
  about: `the folder ${folder}`,
  read: (span, sink, signal) => new Reading(folder, span, sink, signal).run(),
})

/** Whether the folder can be read; throws why not. */
export async function checkFolder(folder: string): Promise<void> {
  try {
    await (await opendir(folder)).close()
  } catch (error) {
    throw unreadable(folder, error)
  }
}

class Reading {
  #batch: HookDelivery[] = []
  #bytes = 0
  #records = 0
  #unreadable = 0
  readonly #again: string[] = []

  constructor(
    private readonly folder: string,
    private readonly span: Span,
    private readonly sink: BackfillSink,
    private readonly signal: AbortSignal,
  ) {}

  async run(): Promise<Backfilled> {
    let [total, seen, told] = [0, 0, 0]
    for await (const _ of this.#files(this.folder)) total++
    for await (const file of this.#files(this.folder)) {
      if (!(await this.#take(file))) this.#later(file)
      const step = Math.floor((STEPS * Math.min(++seen, total)) / total)
      if (step > told) this.sink.progress(step / STEPS)
      told = step
    }
    for (const file of this.#again) if (!(await this.#take(file))) this.#unreadable++
    await this.#store()
    // A folder that is gone reads as an empty one.
    await checkFolder(this.folder)
    return { records: this.#records, unreadable: this.#unreadable }
  }

  #later(file: string): void {
    if (this.#again.length < MOST_AGAIN) this.#again.push(file)
    else this.#unreadable++
  }

  async *#files(folder: string, depth = 0): AsyncGenerator<string> {
    for await (const entry of this.#entries(folder, depth)) {
      this.signal.throwIfAborted()
      const path = join(folder, entry.name)
      if (entry.isFile() && entry.name.endsWith('.json')) yield path
      else if (entry.isDirectory() && depth < DEEPEST) yield* this.#files(path, depth + 1)
    }
  }

  async *#entries(folder: string, depth: number): AsyncGenerator<Dirent> {
    try {
      for await (const entry of await opendir(folder, { bufferSize: 256 })) yield entry
    } catch (error) {
      // Whoever tidies up may take a sub-folder away meanwhile.
      if (depth === 0 || codeOf(error) !== 'ENOENT') throw unreadable(folder, error)
    }
  }

  /** Whether there was no need to read the file, or it could be read. */
  async #take(file: string): Promise<boolean> {
    this.signal.throwIfAborted()
    const body = await this.#bodyOf(file)
    if (body === 'not needed') return true
    if (body === null) return false
    const found = recordIn(body)
    if (!found) return false
    if (!isWithin(this.span, found.times)) return true
    this.#records++
    this.#batch.push(found.delivery)
    this.#bytes += found.delivery.payload.length
    if (this.#batch.length >= BATCH || this.#bytes >= BATCH_BYTES) await this.#store()
    return true
  }

  /** null for what is too large, not there yet, or may not be read. */
  async #bodyOf(file: string): Promise<Buffer | 'not needed' | null> {
    try {
      const { size, mtimeMs } = await stat(file)
      if (mtimeMs < this.span.from.getTime() - DAY_MS) return 'not needed'
      return size === 0 || size > LARGEST ? null : await bytesOf(file, size)
    } catch (error) {
      const code = codeOf(error)
      // Somebody took it away, as those do who post records again.
      if (code === 'ENOENT') return 'not needed'
      if (code === 'EACCES' || code === 'EPERM' || code === 'ELOOP') return null
      throw unreadable(this.folder, error)
    }
  }

  async #store(): Promise<void> {
    const batch = this.#batch
    this.#batch = []
    this.#bytes = 0
    if (batch.length > 0) await this.sink.store(batch)
  }
}

/** null for a file that has grown since its size was told. */
async function bytesOf(file: string, size: number): Promise<Buffer | null> {
  const handle = await open(file, constants.O_RDONLY | constants.O_NOFOLLOW)
  try {
    const bytes = Buffer.allocUnsafe(size + 1)
    let length = 0
    for (let read = 1; read > 0 && length <= size; length += read)
      read = (await handle.read(bytes, length, size + 1 - length)).bytesRead
    return length > size ? null : bytes.subarray(0, length)
  } finally {
    await handle.close()
  }
}

function recordIn(body: Buffer): { delivery: HookDelivery; times: { createdAt: string; endedAt: string } } | undefined {
  try {
    const { record, delivery } = recordOf(body)
    const times = timesOf(record)
    return times && { delivery, times }
  } catch {
    return undefined
  }
}

/** The clock may have been set back during the call. */
function isWithin({ from, to }: Span, { createdAt, endedAt }: { createdAt: string; endedAt: string }): boolean {
  const [first, last] = [createdAt, endedAt].sort()
  return first! < to.toISOString() && last! >= from.toISOString()
}

const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? 'unknown'

const REASONS: Record<string, string> = {
  ENOENT: 'it does not exist; check settings.backfill.folder, and that it is mounted',
  ENOTDIR: 'it is no folder',
  EACCES: 'the user of the hub may not read it',
  EPERM: 'the user of the hub may not read it',
}

function unreadable(folder: string, error: unknown): Error {
  const code = codeOf(error)
  return cannotRead(`The folder ${folder} cannot be read: ${REASONS[code] ?? `the file system says ${code}`}.`)
}
