import { constants } from 'node:fs'
import { access, type FileHandle, open, rename, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { REJECT_COLUMNS } from '../map/columns.js'
import { ImportRefused } from '../read/importRefused.js'
import type { Format, Row } from '../read/row.js'

export interface Rejected {
  row: Row
  /** Why, in words. */
  because: string
}

/**
 * The file of rejected rows: each as it was, behind its number and the reasons, so that it can be mended and imported again. It holds personal
 * values, and only its owner may read it. It is made when there is something to put into it.
 */
export class RejectsFile {
  #file: FileHandle | null = null

  private constructor(
    readonly path: string,
    private readonly format: Format,
    private readonly delimiter: string,
    /** Length that counts: what stands behind it was never committed. */
    private length: number,
  ) {}

  /** `length` is that of a run to go on from; 0 begins anew, and puts a file of before aside, which somebody may be mending. */
  static async open(path: string, format: Format, delimiter: string, length: number): Promise<RejectsFile> {
    await access(dirname(path), constants.W_OK).catch(() => {
      throw new ImportRefused(
        `Rejected rows cannot be written into ${dirname(path)}: name another file with --rejects.`,
      )
    })
    if (length === 0 && (await lengthOf(path)) !== null) await rename(path, `${path}.old`)
    return new RejectsFile(path, format, delimiter, length)
  }

  /** Puts rows behind those that count, durably. Returns the length that counts once the batch is committed. */
  async write(rejected: readonly Rejected[]): Promise<number> {
    if (rejected.length === 0) return this.length
    this.#file ??= await openOwn(this.path, this.length > 0)
    const first =
      this.length === 0 && this.format === 'csv' ? this.#line([...REJECT_COLUMNS, ...rejected[0]!.row.names]) : ''
    const bytes = Buffer.from((first && `\ufeff${first}`) + rejected.map(one => this.#lineOf(one)).join(''))
    await this.#file.truncate(this.length)
    await this.#file.write(bytes, 0, bytes.length, this.length)
    await this.#file.datasync()
    return this.length + bytes.length
  }

  /** The batch is committed. */
  keep(length: number): void {
    this.length = length
  }

  async close(): Promise<void> {
    // What an interrupted batch wrote is written again by the next run.
    if (this.#file) await this.#file.truncate(this.length)
    await this.#file?.close()
    this.#file = null
  }

  #lineOf({ row, because }: Rejected): string {
    if (this.format === 'csv') return this.#line([String(row.number), because, ...row.values])
    const [numberName, errorName] = REJECT_COLUMNS
    const kept =
      row.line === undefined
        ? Object.fromEntries(row.names.map((name, i) => [name, row.values[i]]))
        : { line: row.line }
    return `${JSON.stringify({ [numberName]: row.number, [errorName]: because, ...kept })}\n`
  }

  #line(values: readonly string[]): string {
    const quoted = values.map(value =>
      value.includes(this.delimiter) || /["\r\n]|^\s|\s$/.test(value) ? `"${value.replaceAll('"', '""')}"` : value,
    )
    return `${quoted.join(this.delimiter)}\r\n`
  }
}

/** null where there is no such file. */
export const lengthOf = (path: string): Promise<number | null> =>
  stat(path).then(
    ({ size }) => size,
    () => null,
  )

/** A new file is nobody else's: one that was put there before is not written into. */
async function openOwn(path: string, exists: boolean): Promise<FileHandle> {
  try {
    return exists ? await open(path, constants.O_RDWR | constants.O_NOFOLLOW) : await open(path, 'wx', 0o600)
  } catch {
    throw new ImportRefused(`Rejected rows cannot be written to ${path}: name another file with --rejects.`)
  }
}
