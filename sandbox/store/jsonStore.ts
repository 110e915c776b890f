import { readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { SandboxLog } from '../log.js'
import { privateFolder } from './privateFolder.js'
import { writeAtomically } from './writeAtomically.js'

const debounceMs = 1_000
/** Of the time at most this part goes into writing, however large the value has become. */
const writingShare = 0.05

/** One value in memory, kept in a JSON file of its own: changes are written together, a second later, or more where it is large. */
export class JsonStore<T> {
  readonly value: T
  readonly #path: string
  readonly #log: SandboxLog
  #timer: NodeJS.Timeout | undefined
  #dirty = false
  #lastWriteMs = 0
  #writing: Promise<void> = Promise.resolve()

  private constructor(path: string, value: T, log: SandboxLog) {
    this.#path = path
    this.#log = log
    this.value = value
  }

  /** Reads the file, or begins with `first()` and writes it at once. */
  static async open<T>(path: string, first: () => T, log: SandboxLog): Promise<JsonStore<T>> {
    await privateFolder(dirname(path))
    const text = await readFile(path, 'utf8').catch(nullIfMissing)
    const store = new JsonStore<T>(path, text === null ? first() : parsed(path, text), log)
    if (text === null) await store.#write()
    return store
  }

  /** Says that the value was changed. */
  changed(): void {
    this.#dirty = true
    const pause = Math.max(debounceMs, this.#lastWriteMs / writingShare)
    this.#timer ??= setTimeout(() => void this.flush(), pause).unref()
  }

  /** Writes what has changed, and waits for it. A failed write is tried again with the next change and at the end. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#writing = this.#writing
      .then(() => (this.#dirty ? this.#write() : undefined))
      .catch(error => this.#retry(error))
    await this.#writing
  }

  async #write(): Promise<void> {
    this.#dirty = false
    const began = performance.now()
    await writeAtomically(this.#path, JSON.stringify(this.value))
    this.#lastWriteMs = performance.now() - began
  }

  #retry(error: NodeJS.ErrnoException): void {
    this.#log.warn({ path: this.#path, code: error.code }, 'the sandbox could not write its store and will try again')
    this.changed()
  }
}

function nullIfMissing(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null
  throw error
}

function parsed<T>(path: string, text: string): T {
  try {
    return JSON.parse(text) as T
  } catch {
    throw new Error(`The sandbox cannot read ${path}. Remove the file to begin anew with fresh sample data.`)
  }
}
