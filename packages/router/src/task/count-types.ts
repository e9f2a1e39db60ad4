import type { DetectedTask, TaskSource, TaskType } from '@imrs/core'

/** One guess of high confidence per task type, in the order of `table`; `found` may hold a type often. */
export function guessesInTableOrder(
  found: readonly TaskType[],
  table: ReadonlyMap<string, TaskType>,
  source: TaskSource,
): readonly DetectedTask[] {
  if (found.length === 0) return []
  return [...new Set(table.values())].flatMap((type): readonly DetectedTask[] => {
    const matches = found.filter((other) => other === type).length
    return matches === 0 ? [] : [{ type, source, confidence: 'high', matches }]
  })
}
