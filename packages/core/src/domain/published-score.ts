import { z } from 'zod'

/** How good others have found a model. */
export interface PublishedScore {
  /** From 0 to 1. Of one source, scores can be compared; what they mean for a host's requests is not known. */
  readonly score: number
  /** Who measured it: `artificial-analysis`. */
  readonly source: string
}

export const publishedScoreSchema: z.ZodType<PublishedScore> = z.object({
  score: z.number().min(0).max(1),
  source: z.string().min(1).max(50),
})
