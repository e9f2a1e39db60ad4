import type { NanoUsd, TaskType } from '@imrs/core'
import { fromNanoUsd } from '@imrs/core'

import type { RatingFigure } from '../performance/performance-api.ts'
import type { Usable } from './task-figures.ts'

/** `Code`: how a sentence about a kind of task begins. */
export function taskText(taskType: TaskType): string {
  return taskType.charAt(0).toUpperCase() + taskType.slice(1)
}

export function nameOf(usable: readonly Usable[], modelId: string): string {
  return usable.find((model) => model.modelId === modelId)?.displayName ?? modelId
}

/** `0.81 from 48 ratings`. */
export function ratingText({ mean, count }: RatingFigure): string {
  return `${mean.toFixed(2)} from ${count} ratings`
}

export function percentText(share: number): string {
  return `${(share * 100).toFixed(0)} %`
}

/** Dollars, to the cent; below ten cents to two digits that say something. */
export function costText(nanoUsd: NanoUsd): string {
  const usd = fromNanoUsd(nanoUsd)
  return usd >= 0.1 ? `$${usd.toFixed(2)}` : `$${Number(usd.toPrecision(2))}`
}
