import { ENOUGH_RATINGS } from '../performance/performance-api.ts'
import { cheaperModels } from './cheaper-models.ts'
import { failingModels, worseModels } from './models-to-drop.ts'
import { modelsToTry } from './models-to-try.ts'
import type { Recommendation, TooLittleKnown } from './recommend-api.ts'
import { nameOf, taskText } from './sentences.ts'
import { tasksOf } from './task-figures.ts'
import type { Evidence, TaskFigures } from './task-figures.ts'

/**
 * What the evidence supports: kind of task by kind of task what is cheaper and as good, what to try and
 * what is worse, and at the end what fails. Where fewer than two models are known well enough, it says
 * so instead of comparing. Pure.
 */
export function recommendFrom(evidence: Evidence): readonly Recommendation[] {
  const tasks = tasksOf(evidence)
  return [
    ...tasks.flatMap((task): readonly Recommendation[] => [
      ...(task.known.length < 2 ? [tooLittle(evidence, task)] : []),
      ...cheaperModels(evidence, task),
      ...modelsToTry(evidence, task, tasks),
      ...worseModels(evidence, task),
    ]),
    ...failingModels(evidence),
  ]
}

function tooLittle(
  { usable }: Evidence,
  { taskType, known, ratings }: TaskFigures,
): TooLittleKnown {
  const [only] = known
  const sentence =
    only === undefined
      ? `${taskText(taskType)}: no model has the ${ENOUGH_RATINGS} ratings that it takes to compare; there are ${ratings} in all.`
      : `${taskText(taskType)}: only ${nameOf(usable, only.modelId)} has the ${ENOUGH_RATINGS} ratings that it takes to compare.`
  return { kind: 'too-little-known', taskType, knownModels: known.length, ratings, sentence }
}
