import {
  DEFAULT_MAX_USER_SHARE_MILLI,
  experienceCellName,
  experienceCellOf,
  feedbackWeightMilli,
  learnedFeedback,
} from '@imrs/core'
import type {
  ExperienceUserWeight,
  FeedbackEvent,
  MessageRecord,
  RecordFeedbackOptions,
  StoredFeedbackEvent,
} from '@imrs/core'

import { keyOf } from './memory-data.ts'
import type { MemoryData } from './memory-data.ts'
import type { CountedAnswer } from './move-experience.ts'

interface Weighing {
  readonly message: MessageRecord
  readonly before: readonly StoredFeedbackEvent[]
  readonly event: FeedbackEvent
  readonly epoch: number
  readonly options: RecordFeedbackOptions
}

/** What the answer's rating weighs once the event is there. */
export function weighFeedback(
  data: MemoryData,
  { message, before, event, epoch, options }: Weighing,
): number {
  const newest = { ...event, seq: Number.MAX_SAFE_INTEGER, epoch, weightMilli: 0 }
  const last = learnedFeedback(before)
  const next = learnedFeedback([...before, newest])
  if (next === undefined) return 0
  const ownMilli = last === undefined ? 0 : (before.at(-1)?.weightMilli ?? 0)
  if (next.ratingMilli === last?.ratingMilli) return ownMilli
  const name = experienceCellName(experienceCellOf(message, { scope: 'agent', epoch }))
  const userWeightMilli = data.userWeights.get(keyOf(name, event.userId))?.weightMilli ?? 0
  return feedbackWeightMilli({
    userWeightMilli: userWeightMilli - ownMilli,
    cellWeightMilli: (data.experience.get(name)?.weightMilli ?? 0) - ownMilli,
    maxUserShareMilli: options.maxUserShareMilli ?? DEFAULT_MAX_USER_SHARE_MILLI,
  })
}

/** Adds to what a user weighs in the agent's cell. */
export function addUserWeight(
  data: MemoryData,
  { answer, epoch }: CountedAnswer,
  weightMilli: number,
): void {
  const cell = experienceCellOf(answer, { scope: 'agent', epoch })
  const userId = answer.userId ?? ''
  const key = keyOf(experienceCellName(cell), userId)
  const sum = (data.userWeights.get(key)?.weightMilli ?? 0) + weightMilli
  data.userWeights.set(key, { cell, userId, weightMilli: sum })
}

/** Puts these in place of all that was known of the tenant's users. */
export function putUserWeights(
  data: MemoryData,
  tenantId: string,
  weights: readonly ExperienceUserWeight[],
): void {
  for (const [key, { cell }] of data.userWeights) {
    if (cell.tenantId === tenantId) data.userWeights.delete(key)
  }
  for (const weight of weights) {
    data.userWeights.set(keyOf(experienceCellName(weight.cell), weight.userId), weight)
  }
}
