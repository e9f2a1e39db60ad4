import { EXPERIENCE_SCOPES, monthOf } from '@imrs/core'
import type { ExperienceCell, ExperienceScope, MessageRecord, RatingMilli } from '@imrs/core'

import { keyOf } from './memory-data.ts'
import type { MemoryData } from './memory-data.ts'

/** How the rating that counts on a message changed; `from` is absent the first time. */
export interface RatingMove {
  readonly from: RatingMilli | undefined
  readonly to: RatingMilli
}

/** Moves the cell of every scope by what one message's rating changed. */
export function moveExperience(data: MemoryData, message: MessageRecord, move: RatingMove): void {
  const from = move.from ?? 0
  for (const scope of EXPERIENCE_SCOPES) {
    const empty = emptyCell(scope, message)
    const { tenantId, agentId, taskType, modelId, month } = empty
    const key = keyOf(scope, tenantId, agentId, taskType, modelId, month)
    const cell = data.experience.get(key) ?? empty
    const moved: ExperienceCell = {
      ...cell,
      count: cell.count + (move.from === undefined ? 1 : 0),
      sum: cell.sum + move.to - from,
      sumOfSquares: cell.sumOfSquares + move.to * move.to - from * from,
    }
    data.experience.set(key, Object.freeze(moved))
  }
}

function emptyCell(scope: ExperienceScope, message: MessageRecord): ExperienceCell {
  return {
    scope,
    tenantId: scope === 'global' ? '' : message.tenantId,
    agentId: scope === 'agent' ? message.agentId : '',
    taskType: message.creditedTaskType,
    modelId: message.model,
    month: monthOf(message.createdAtMs),
    epoch: 0,
    count: 0,
    sum: 0,
    sumOfSquares: 0,
  }
}
