import type { AgentKey } from '@imrs/core'
import { LRUCache } from 'lru-cache'

import { RequestTexts } from './request-texts.ts'

/** Agents whose texts are remembered at a time: 1.6 MiB each at most. */
const MAX_AGENTS = 64

/** What is known of the texts that come to each agent; agents share nothing. */
export class AgentTexts {
  readonly #texts = new LRUCache<string, RequestTexts>({ max: MAX_AGENTS })

  of({ tenantId, agentId }: AgentKey): RequestTexts {
    const key = JSON.stringify([tenantId, agentId])
    const known = this.#texts.get(key)
    if (known !== undefined) return known
    const texts = new RequestTexts()
    this.#texts.set(key, texts)
    return texts
  }
}
