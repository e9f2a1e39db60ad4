import type { AgentKey, DriftWatch } from '@imrs/core'
import { fromRatingMilli } from '@imrs/core'

import type { RoutingSnapshot } from './routing-snapshot.ts'

/**
 * Judges ratings by what the agent's last snapshot knew. Without one in memory, as in a process that
 * has decided nothing for the agent yet, a rating moves no alarm.
 */
export function watchRatings(snapshots: {
  readonly peek: (agent: AgentKey) => RoutingSnapshot | undefined
}): DriftWatch {
  return ({ message, ratingMilli }) => {
    const snapshot = snapshots.peek(message)
    const rated = {
      taskType: message.creditedTaskType,
      modelId: message.model,
      rating: fromRatingMilli(ratingMilli),
    }
    return snapshot?.strategy.watch?.(rated, snapshot.learned)
  }
}
