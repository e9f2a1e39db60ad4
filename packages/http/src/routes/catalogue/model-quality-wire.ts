import type { ModelQuality } from '@imrs/router'
import { z } from 'zod'

import type { ItemsWire } from '../../wire/items.ts'

/** How good a model was found at one kind of task, from 0 to 1, as it travels. */
export interface ModelQualityWire {
  readonly model: string
  readonly task_type: string
  readonly rating: number
  /** The 95 % interval of the rating. */
  readonly low: number
  readonly high: number
  readonly ratings: number
  /** To the first visible part, the median, milliseconds; `null` when nothing is measured. */
  readonly first_part_ms: number | null
}

/** By model and kind of task, of those that were rated often enough. */
export interface ModelQualitiesWire extends ItemsWire<ModelQualityWire> {
  readonly min_ratings: number
}

export const modelQualitiesWireSchema: z.ZodType<ModelQualitiesWire> = z.object({
  min_ratings: z.int(),
  items: z.array(
    z.object({
      model: z.string(),
      task_type: z.string(),
      rating: z.number(),
      low: z.number(),
      high: z.number(),
      ratings: z.int(),
      first_part_ms: z.number().nullable(),
    }),
  ),
})

export function toModelQualityWire(quality: ModelQuality): ModelQualityWire {
  const { mean, low, high, count } = quality.rating
  return {
    model: quality.modelId,
    task_type: quality.taskType,
    rating: mean,
    low,
    high,
    ratings: count,
    first_part_ms: quality.firstPartMs ?? null,
  }
}
