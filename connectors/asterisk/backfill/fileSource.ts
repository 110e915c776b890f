import type { Stats } from 'node:fs'
import { type FileHandle, open, readdir, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { createGunzip } from 'node:zlib'
import { HubError } from '../../../kernel/errors.js'
import { cannotRead } from '../../common/cannotRead.js'
import type { Read, RowSource } from './row.js'
import { type ReadLine, textRows } from './textRows.js'

interface LogFile {
  path: string
  stats: Stats
}

/**
 * Rows of a file that Asterisk writes, and of its earlier parts that logrotate has put beside it (`Master.csv.1`, `Master.csv-20261123.gz`).
 * Where that happens while they are read, a part may have been missed: it says so, and is read again.
 */
export function fileSource(file: string, reader: () => ReadLine): RowSource {
  return {
    about: `the file ${file}`,
    async *rows({ from }, signal) {
      const files = await filesOf(file, from)
      const whole = files.reduce((sum, { stats }) => sum + stats.size, 0) || 1
      let before = 0
      for (const one of files) {
        yield* rowsOf(one, reader(), bytes => Math.min(1, (before + bytes) / whole), signal)
        before += one.stats.size
      }
      const after = await filesOf(file, from)
      if (!files.every(({ path, stats }) => after.some(now => now.path === path && now.stats.ino === stats.ino)))
        throw changed(file)
    },
  }
}

async function* rowsOf(
  { path, stats }: LogFile,
  read: ReadLine,
  share: (bytes: number) => number,
  signal: AbortSignal,
): AsyncGenerator<Read> {
  if (stats.size === 0) return
  const handle = await open(path).catch(error => Promise.reject(unreadable(path, error)))
  try {
    if ((await handle.stat()).ino !== stats.ino) throw changed(path)
    const zipped = path.endsWith('.gz')
    const pieces = zipped ? unzipped(handle, stats.size, signal) : bytesOf(handle, stats.size, path, signal)
    // How much of a zipped file has been read is not known by what came out of it.
    yield* textRows(pieces, read, { cut: true, share: zipped ? () => share(0) : share })
  } catch (error) {
    signal.throwIfAborted()
    throw error instanceof HubError || (error as NodeJS.ErrnoException).code === undefined
      ? error
      : unreadable(path, error)
  } finally {
    await handle.close()
  }
}

/** The bytes that were there when it began: what is written meanwhile belongs to a later time. */
async function* bytesOf(handle: FileHandle, size: number, path: string, signal: AbortSignal): AsyncGenerator<Buffer> {
  const buffer = Buffer.allocUnsafe(256 * 1024)
  let at = 0
  while (at < size) {
    signal.throwIfAborted()
    const { bytesRead } = await handle.read(buffer, 0, Math.min(buffer.length, size - at), at)
    if (bytesRead === 0) throw changed(path)
    at += bytesRead
    yield buffer.subarray(0, bytesRead)
  }
}

function unzipped(handle: FileHandle, size: number, signal: AbortSignal): AsyncIterable<Buffer> {
  const stream = handle.createReadStream({ start: 0, end: size - 1, autoClose: false, signal })
  const gunzip = createGunzip()
  stream.on('error', error => gunzip.destroy(error))
  return stream.pipe(gunzip)
}

/** The file and its earlier parts that were written to since then, the oldest first. */
async function filesOf(file: string, since: Date): Promise<LogFile[]> {
  const name = basename(file)
  const names = await readdir(dirname(file)).catch(error => Promise.reject(unreadable(file, error)))
  const found: LogFile[] = []
  for (const one of names) {
    if (one !== name && !(one.startsWith(name) && /^[.-]\d{1,14}(\.gz)?$/.test(one.slice(name.length)))) continue
    const path = join(dirname(file), one)
    const stats = await stat(path).catch(error => Promise.reject(unreadable(path, error)))
    if (stats.isFile() && (one === name || stats.mtime >= since)) found.push({ path, stats })
  }
  if (found.length === 0) throw unreadable(file, { code: 'ENOENT' })
  return found.sort((a, b) => a.stats.mtimeMs - b.stats.mtimeMs)
}

const REASONS: Record<string, string> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'there is no such folder',
  EACCES: 'the hub may not read it',
  EISDIR: 'it is a folder',
  Z_DATA_ERROR: 'it is not a gzip file',
  Z_BUF_ERROR: 'it is cut short',
}

function unreadable(path: string, error: unknown): HubError {
  const { code } = error as NodeJS.ErrnoException
  return cannotRead(`The file ${path} cannot be read: ${REASONS[code ?? ''] ?? code ?? 'the disk fails'}.`)
}

const changed = (path: string): HubError =>
  cannotRead(`The file ${path} was put aside or cut while it was read; read it again.`)
