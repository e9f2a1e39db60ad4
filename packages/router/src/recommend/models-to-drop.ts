import type { FailureKind } from '@imrs/core'

import { ENOUGH_RATINGS } from '../performance/performance-api.ts'
import type { PerformanceRow } from '../performance/performance-api.ts'
import { wilson } from '../performance/rating-interval.ts'
import { differenceOf, oneSidedZ } from './compare-ratings.ts'
import type { ModelToDrop } from './recommend-api.ts'
import { nameOf, percentText, ratingText, taskText } from './sentences.ts'
import type { Evidence, TaskFigures } from './task-figures.ts'

/** A model that fails more often than this is of no use. */
const TOO_MANY_FAILURES = 0.2

/** Failures of the request, not of the model. */
const NOT_ITS_FAULT: readonly FailureKind[] = [
  'aborted',
  'budget-exhausted',
  'content-filtered',
  'context-too-long',
  'invalid-request',
]

/** Models that are worse than the best one by more than the tolerance, for certain. */
export function worseModels(
  { usable, tolerance }: Evidence,
  { taskType, known }: TaskFigures,
): readonly ModelToDrop[] {
  const [best, ...others] = known
  if (best === undefined) return []
  // Any of them might have come out as the best, and been held against any other.
  const pairs = (known.length * (known.length - 1)) / 2
  return others.flatMap(({ modelId, rating }): readonly ModelToDrop[] => {
    const difference = differenceOf(best.rating, rating, pairs)
    if (difference.low <= tolerance) return []
    const sentence =
      `${taskText(taskType)}: ${nameOf(usable, modelId)}, ${ratingText(rating)}, is worse than ` +
      `${nameOf(usable, best.modelId)}, ${ratingText(best.rating)}: by more than ${tolerance} with 95 % confidence.`
    return [
      {
        kind: 'drop',
        taskType,
        modelId,
        because: 'worse',
        better: best.modelId,
        difference,
        sentence,
      },
    ]
  })
}

/** Models that fail too often, at whatever task. */
export function failingModels({ rows, usable }: Evidence): readonly ModelToDrop[] {
  const z = oneSidedZ(usable.length)
  const byModel = Map.groupBy(rows, (row) => row.modelId ?? '')
  return usable.flatMap(({ modelId, displayName }): readonly ModelToDrop[] => {
    const { calls, failures } = failuresOf(byModel.get(modelId) ?? [])
    if (calls < ENOUGH_RATINGS) return []
    const value = failures / calls
    const { low } = wilson(value, calls, z)
    if (low <= TOO_MANY_FAILURES) return []
    const sentence =
      `${displayName} failed in ${failures} of ${calls} calls, ${percentText(value)}: ` +
      `in more than ${percentText(low)} with 95 % confidence.`
    return [{ kind: 'drop', modelId, because: 'failing', failureShare: { value, low }, sentence }]
  })
}

function failuresOf(rows: readonly PerformanceRow[]): {
  readonly calls: number
  readonly failures: number
} {
  let [calls, failures] = [0, 0]
  for (const row of rows) {
    const excused = NOT_ITS_FAULT.reduce((sum, kind) => sum + (row.failuresByKind[kind] ?? 0), 0)
    // What a caller gave up, or asked wrongly, says nothing of the model either way.
    calls += row.calls - row.aborted - excused
    failures += row.failures - excused
  }
  return { calls, failures }
}
