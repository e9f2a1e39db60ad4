import type { Runtime } from '@imrs/core'
import { LRUCache } from 'lru-cache'

/** Which conversation of whom. */
export interface ConversationKey {
  readonly tenantId: string
  readonly agentId: string
  readonly conversationId: string
}

/** Who answered last in a conversation. */
export interface LastAnswer {
  readonly modelId: string
  /** Tokens of its prompt and its answer: what its provider may have in its cache. */
  readonly tokens: number
  readonly atMs: number
}

const MAX_CONVERSATIONS = 10_000

/** Providers forget a prompt after about this long without use. */
const CACHE_LIFETIME_MS = 5 * 60_000

/**
 * The conversations seen last. Of this process only: where several serve one conversation, one that
 * knows nothing of it chooses as for a new one.
 */
export class ConversationMemory {
  readonly #runtime: Pick<Runtime, 'now'>
  readonly #answers = new LRUCache<string, LastAnswer>({ max: MAX_CONVERSATIONS })

  constructor(runtime: Pick<Runtime, 'now'>) {
    this.#runtime = runtime
  }

  get(key: ConversationKey): LastAnswer | undefined {
    const answer = this.#answers.get(nameOf(key))
    if (answer === undefined) return undefined
    const isForgotten = this.#runtime.now() - answer.atMs > CACHE_LIFETIME_MS
    return isForgotten ? { ...answer, tokens: 0 } : answer
  }

  put(key: ConversationKey, answer: Omit<LastAnswer, 'atMs'>): void {
    this.#answers.set(nameOf(key), { ...answer, atMs: this.#runtime.now() })
  }
}

function nameOf({ tenantId, agentId, conversationId }: ConversationKey): string {
  return JSON.stringify([tenantId, agentId, conversationId])
}
