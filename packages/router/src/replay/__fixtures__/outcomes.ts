import { seededRandom } from '@imrs/core'

import { toOutcomeSet } from '../outcome-set.ts'
import type { Outcome, OutcomeSet } from '../outcome-set.ts'

/** Rows `[task, scores]` as outcomes. */
export function outcomesOf(
  rows: readonly (readonly [task: string, score: Readonly<Record<string, number>>])[],
): OutcomeSet {
  return toOutcomeSet(
    'made',
    rows.map(([task, score], index) => ({ id: String(index), task, score })),
  )
}

/** Requests of tasks with models that succeed as often as `skills[task][model]` says. */
export function drawnOutcomes(
  skills: Readonly<Record<string, Readonly<Record<string, number>>>>,
  count: number,
): OutcomeSet {
  const random = seededRandom(5)
  const tasks = Object.entries(skills)
  const outcomes = Array.from({ length: count }, (_, index): Outcome => {
    const [task, models] = tasks[index % tasks.length] ?? ['', {}]
    const score = Object.fromEntries(
      Object.entries(models).map(([model, skill]) => [model, random() < skill ? 1 : 0]),
    )
    return { id: String(index), task, score, prompt: `a request of task ${task}` }
  })
  return toOutcomeSet('drawn', outcomes)
}
