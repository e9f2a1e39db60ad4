import type { DetectedTask, TaskConfidence, TaskType } from '@imrs/core'
import { TASK_CONFIDENCES } from '@imrs/core'

/**
 * One guess per task type, best first: confidence, then the number of matches, then the order given.
 *
 * Guesses of one type agree with each other: their matches add up, and the strongest of them gives
 * source and confidence.
 */
export function mergeGuesses(guesses: readonly DetectedTask[]): readonly DetectedTask[] {
  const byType = new Map<TaskType, DetectedTask>()
  for (const guess of guesses) {
    const known = byType.get(guess.type)
    byType.set(guess.type, known === undefined ? guess : agree(known, guess))
  }
  return [...byType.values()].toSorted(
    (left, right) =>
      strength(left.confidence) - strength(right.confidence) || right.matches - left.matches,
  )
}

function agree(first: DetectedTask, second: DetectedTask): DetectedTask {
  const stronger = strength(second.confidence) < strength(first.confidence) ? second : first
  return { ...stronger, matches: first.matches + second.matches }
}

/** 0 is the strongest. */
function strength(confidence: TaskConfidence): number {
  return TASK_CONFIDENCES.indexOf(confidence)
}
