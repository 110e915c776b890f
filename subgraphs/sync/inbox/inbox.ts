import type { Kernel } from '../../../kernel/context/index.js'
import { encrypt } from '../../../kernel/encryption/index.js'
import { unavailable } from '../../../kernel/errors.js'
import type { HookDelivery } from '../../../kernel/ports/index.js'
import { insertMessages, type NewMessage } from './inboxStore.js'
import { inboxSubject } from './inboxSubject.js'
import { storableKey } from './storable.js'

/** Messages of one commit, and commits under way at once: measured on two cores, more of either brings nothing. */
const BATCH = 500
const COMMITS = 2
/** Messages that may wait for their commit before senders are told to come back later. */
const WAITING = 10_000

export interface Stored {
  stored: number
  duplicates: number
}

interface Waiting {
  messages: NewMessage[]
  resolve(stored: Stored): void
  reject(error: unknown): void
}

/**
 * Stores what systems send before anybody acknowledges it. Messages that arrive while a commit is under way share the next one, so that
 * many small webhooks cost few commits.
 */
export class Inbox {
  readonly #kernel: Kernel
  readonly #stored: (systemIds: ReadonlySet<string>) => void
  #waiting: Waiting[] = []
  #size = 0
  #commits = 0

  /** `stored` is told of which systems there is something new. */
  constructor(kernel: Kernel, stored: (systemIds: ReadonlySet<string>) => void) {
    this.#kernel = kernel
    this.#stored = stored
  }

  /** Resolves once everything is durably stored. Throws UNAVAILABLE under pressure. */
  async store(systemId: string, deliveries: readonly HookDelivery[], receivedAt: Date): Promise<Stored> {
    if (deliveries.length === 0) return { stored: 0, duplicates: 0 }
    if (this.#size + deliveries.length > WAITING) throw unavailable('The inbox is full and')
    this.#size += deliveries.length
    try {
      const messages = await this.#sealed(systemId, deliveries, receivedAt)
      return await new Promise<Stored>((resolve, reject) => {
        this.#waiting.push({ messages, resolve, reject })
        void this.#flush()
      })
    } finally {
      this.#size -= deliveries.length
    }
  }

  async #sealed(systemId: string, deliveries: readonly HookDelivery[], receivedAt: Date): Promise<NewMessage[]> {
    const { id, key } = await this.#kernel.dataKeys.keyOf(inboxSubject(receivedAt))
    return deliveries.map(({ key: messageKey, payload }) => ({
      systemId,
      key: storableKey(messageKey),
      receivedAt,
      payload: encrypt(key, id, payload),
    }))
  }

  async #flush(): Promise<void> {
    if (this.#commits >= COMMITS) return
    this.#commits++
    try {
      while (this.#waiting.length > 0) await this.#commit(this.#take())
    } finally {
      this.#commits--
    }
  }

  #take(): Waiting[] {
    const taken: Waiting[] = []
    let size = 0
    while (this.#waiting.length > 0 && (size === 0 || size + this.#waiting[0]!.messages.length <= BATCH)) {
      const next = this.#waiting.shift()!
      size += next.messages.length
      taken.push(next)
    }
    return taken
  }

  async #commit(group: Waiting[]): Promise<void> {
    try {
      const fresh = await insertMessages(this.#kernel.systemEm(), onceEach(group.flatMap(({ messages }) => messages)))
      const news = new Set<string>()
      for (const { messages, resolve } of group) {
        const stored = messages.filter(({ systemId, key }) => fresh.delete(`${systemId} ${key}`)).length
        if (stored > 0) news.add(messages[0]!.systemId)
        resolve({ stored, duplicates: messages.length - stored })
      }
      if (news.size > 0) this.#stored(news)
    } catch (error) {
      for (const { reject } of group) reject(error)
    }
  }
}

/** One statement may not meet the same key twice. */
function onceEach(messages: NewMessage[]): NewMessage[] {
  return [...new Map(messages.map(message => [`${message.systemId} ${message.key}`, message])).values()]
}
