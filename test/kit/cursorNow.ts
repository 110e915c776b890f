import { sealCursor } from '../../kernel/encryption/index.js'
import { FeedStore } from '../../kernel/feed/index.js'
import { hubTables } from '../../kernel/orm/index.js'
import type { TestHub } from './startHub.js'

/** The cursor of the last thing told on this topic: whoever subscribes after it misses nothing, however long subscribing takes. */
export async function cursorNow({ kernel }: TestHub, topic: 'call' | 'alert' = 'call'): Promise<string> {
  const seq = await new FeedStore(() => hubTables(kernel.systemEm())).newest(topic)
  return sealCursor(kernel.keys, { topic, seq })
}
