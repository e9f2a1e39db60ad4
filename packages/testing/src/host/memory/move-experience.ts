import { NO_EXPERIENCE, addExperience, experienceCellName, experienceCellsOf } from '@imrs/core'
import type { CreditedAnswer, ExperienceCellKey, ExperienceSums } from '@imrs/core'

import type { MemoryData } from './memory-data.ts'
import { addUserWeight } from './weigh-feedback.ts'

/** An answer, and the epoch of its model that it counts in. */
export interface CountedAnswer {
  readonly answer: CreditedAnswer
  readonly epoch: number
}

/** Adds what one answer's signals changed to the cell of every scope, and to what its user weighs. */
export function moveExperience(
  data: MemoryData,
  counted: CountedAnswer,
  change: ExperienceSums,
): void {
  for (const cell of experienceCellsOf(counted.answer, counted.epoch)) addToCell(data, cell, change)
  addUserWeight(data, counted, change.weightMilli)
}

export function addToCell(data: MemoryData, cell: ExperienceCellKey, change: ExperienceSums): void {
  const name = experienceCellName(cell)
  const sums = addExperience(data.experience.get(name) ?? NO_EXPERIENCE, change)
  data.experience.set(name, Object.freeze({ ...cell, ...sums }))
}
