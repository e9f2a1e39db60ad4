import type { Recommendation } from '@imrs/router'
import { z } from 'zod'

const KINDS = ['cheaper', 'try', 'drop', 'too-little-known'] as const

/** What to change, with the evidence; `null` is what a kind does not name. */
export interface RecommendationWire {
  readonly kind: (typeof KINDS)[number]
  readonly model: string | null
  readonly instead_of: string | null
  readonly task_type: string | null
  readonly because: string | null
  readonly sentence: string
}

export const recommendationWireSchema: z.ZodType<RecommendationWire> = z.object({
  kind: z.enum(KINDS),
  model: z.string().nullable(),
  instead_of: z.string().nullable(),
  task_type: z.string().nullable(),
  because: z.string().nullable(),
  sentence: z.string(),
})

export function toRecommendationWire(found: Recommendation): RecommendationWire {
  return {
    kind: found.kind,
    model: 'modelId' in found ? found.modelId : null,
    instead_of: 'insteadOf' in found ? found.insteadOf : null,
    task_type: found.taskType ?? null,
    because: 'because' in found ? found.because : null,
    sentence: found.sentence,
  }
}
