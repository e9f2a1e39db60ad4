import { differenceOf } from './compare-ratings.ts'
import type { CheaperModel } from './recommend-api.ts'
import { costText, nameOf, ratingText, taskText } from './sentences.ts'
import { knownCost } from './task-figures.ts'
import type { Evidence, KnownModel, TaskFigures } from './task-figures.ts'

/** What costs more than this part of another's price saves too little to change for. */
const WORTH_IT = 0.9

/**
 * For each model, the cheapest of those that are as good: of which it can be ruled out that the dearer
 * one is better by the tolerance.
 */
export function cheaperModels(evidence: Evidence, task: TaskFigures): readonly CheaperModel[] {
  return task.known.flatMap((dear) => {
    const cost = knownCost(dear.row)
    if (cost === undefined) return []
    const cheaper = task.known
      .map((model) => ({ model, cost: knownCost(model.row) ?? Infinity }))
      .filter((other) => other.cost < cost * WORTH_IT)
      .sort((left, right) => left.cost - right.cost)
    for (const other of cheaper) {
      const difference = differenceOf(dear.rating, other.model.rating, cheaper.length)
      if (difference.high < evidence.tolerance) {
        const saving = Math.round((cost - other.cost) * 1000)
        return [toCheaper(evidence, { task, dear, cheap: other.model, difference, saving })]
      }
    }
    return []
  })
}

interface Comparison {
  readonly task: TaskFigures
  readonly dear: KnownModel
  readonly cheap: KnownModel
  readonly difference: CheaperModel['difference']
  readonly saving: number
}

function toCheaper(
  { usable, tolerance }: Evidence,
  { task, dear, cheap, difference, saving }: Comparison,
): CheaperModel {
  const [cheapName, dearName] = [nameOf(usable, cheap.modelId), nameOf(usable, dear.modelId)]
  return {
    kind: 'cheaper',
    taskType: task.taskType,
    modelId: cheap.modelId,
    insteadOf: dear.modelId,
    rating: cheap.rating,
    ratingInsteadOf: dear.rating,
    difference,
    savingPer1000RequestsNanoUsd: saving,
    sentence:
      `${taskText(task.taskType)}: ${cheapName}, ${ratingText(cheap.rating)}, does as well as ` +
      `${dearName}, ${ratingText(dear.rating)}, and saves ${costText(saving)} in 1,000 requests; ` +
      `that ${dearName} is better by ${tolerance} or more is ruled out with 95 % confidence.`,
  }
}
