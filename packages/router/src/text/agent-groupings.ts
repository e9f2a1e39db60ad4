import type { AgentKey } from '@imrs/core'
import { LRUCache } from 'lru-cache'

import type { TextGroup } from './text-group.ts'
import { TextGrouping } from './text-grouping.ts'

/** Agents whose texts are grouped at a time: 32 MiB at most. */
const MAX_AGENTS = 64

/** What kinds of text come to each agent; agents share nothing. Of this process: see {@link TextGrouping}. */
export class AgentGroupings {
  readonly #groupings = new LRUCache<string, TextGrouping>({ max: MAX_AGENTS })

  /** `known` are the groups that the agent has ratings for. */
  groupOf(
    { tenantId, agentId }: AgentKey,
    text: string,
    known: readonly TextGroup[],
  ): TextGroup | undefined {
    const key = JSON.stringify([tenantId, agentId])
    let grouping = this.#groupings.get(key)
    if (grouping === undefined) {
      grouping = new TextGrouping()
      this.#groupings.set(key, grouping)
    }
    return grouping.groupOf(text, known)
  }
}
