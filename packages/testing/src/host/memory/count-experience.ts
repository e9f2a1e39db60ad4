import { ExperienceTotals } from '@imrs/core'

import { keyOf } from './memory-data.ts'
import type { ExperienceCheckpoint, MemoryData } from './memory-data.ts'

/** Experience of one tenant counted anew. */
export interface CountedExperience {
  readonly totals: ExperienceTotals
  readonly events: number
  /** Messages with smaller ids are in the checkpoint; empty where there is none. */
  readonly closedBefore: string
}

interface CountRequest {
  readonly tenantId: string
  /** Messages from this id on are left out. Default: none. */
  readonly upTo?: string | undefined
}

const NO_CHECKPOINT: ExperienceCheckpoint = Object.freeze({ beforeId: '', cells: [], users: [] })

/** Sorts after every id. */
const AFTER_ALL = '\uFFFF'

/** Adds up the checkpoint and the events after it, message by message. */
export function countExperience(
  data: MemoryData,
  { tenantId, upTo }: CountRequest,
): CountedExperience {
  const totals = new ExperienceTotals()
  const { beforeId: closedBefore, cells, users } = data.checkpoints.get(tenantId) ?? NO_CHECKPOINT
  for (const cell of cells) totals.addPlain(cell, cell)
  for (const user of users) totals.addUser(user)
  let events = 0
  for (const message of data.messages.values()) {
    const isCounted = message.id >= closedBefore && message.id < (upTo ?? AFTER_ALL)
    if (message.tenantId !== tenantId || !isCounted) continue
    const own = data.feedback.get(keyOf(tenantId, message.id)) ?? []
    if (own.length === 0) continue
    totals.addAnswer(message, own)
    events += own.length
  }
  return { totals, events, closedBefore }
}
