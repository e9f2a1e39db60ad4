import type { TaskType } from '@imrs/core'

import { ENOUGH_RATINGS } from '../performance/performance-api.ts'
import { differenceOf } from './compare-ratings.ts'
import type { ModelToTry } from './recommend-api.ts'
import { taskText } from './sentences.ts'
import type { Evidence, TaskFigures, Usable } from './task-figures.ts'

/** More would be a list of the catalogue. */
const MOST_TRIES = 3

/**
 * Models of which too little is known at a kind of task that is often asked for: first those that are
 * among the best elsewhere, then those of a higher priority than the model that is used most.
 */
export function modelsToTry(
  evidence: Evidence,
  task: TaskFigures,
  tasks: readonly TaskFigures[],
): readonly ModelToTry[] {
  const requests = task.all.reduce((sum, { row }) => sum + row.requests, 0)
  if (requests < ENOUGH_RATINGS) return []
  const ratings = new Map(task.all.map(({ modelId, row }) => [modelId, row.rating?.count ?? 0]))
  const mostUsed = priorityOfMostUsed(evidence, task)
  const tries = evidence.usable
    .map((model) => ({ model, ratings: ratings.get(model.modelId) ?? 0 }))
    .filter((given) => given.ratings < ENOUGH_RATINGS)
    .map((given) => ({ ...given, goodAt: goodAt(evidence, given.model, { task, tasks }) }))
    .filter(({ model, goodAt: other }) => other !== undefined || model.priority > mostUsed)
  return tries
    .sort(
      (left, right) =>
        Number(right.goodAt !== undefined) - Number(left.goodAt !== undefined) ||
        right.model.priority - left.model.priority ||
        (left.model.modelId < right.model.modelId ? -1 : 1),
    )
    .slice(0, MOST_TRIES)
    .map((given) => toTry(task.taskType, given))
}

function priorityOfMostUsed({ usable }: Evidence, { all }: TaskFigures): number {
  const most = all.toSorted((left, right) => right.row.requests - left.row.requests)[0]
  return usable.find(({ modelId }) => modelId === most?.modelId)?.priority ?? 100
}

/** Another kind of task at which the model is the best of several, or as good as that. */
function goodAt(
  { tolerance }: Evidence,
  { modelId }: Usable,
  { task, tasks }: { readonly task: TaskFigures; readonly tasks: readonly TaskFigures[] },
): TaskType | undefined {
  return tasks.find(({ taskType, known }) => {
    const [best] = known
    const own = known.find((model) => model.modelId === modelId)
    if (taskType === task.taskType || known.length < 2 || best === undefined) return false
    if (own === undefined) return false
    return own === best || differenceOf(best.rating, own.rating, known.length - 1).high < tolerance
  })?.taskType
}

function toTry(
  taskType: TaskType,
  given: {
    readonly model: Usable
    readonly ratings: number
    readonly goodAt: TaskType | undefined
  },
): ModelToTry {
  const { model, ratings, goodAt: other } = given
  const known =
    ratings === 0 ? 'has no ratings' : `has only ${ratings} of ${ENOUGH_RATINGS} ratings`
  const why =
    other === undefined
      ? `its priority, ${model.priority}, is above that of the model used most`
      : `it is among the best at ${other}`
  return {
    kind: 'try',
    taskType,
    modelId: model.modelId,
    because: other === undefined ? 'priority' : 'good-elsewhere',
    ...(other === undefined ? {} : { goodAt: other }),
    ratings,
    sentence: `${taskText(taskType)}: ${model.displayName} is worth a try: it ${known}, and ${why}.`,
  }
}
