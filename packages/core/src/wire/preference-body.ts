import { z } from 'zod'

import { MODEL_ID_MAX_LENGTH } from '../ids.ts'

/** The body of `PUT /api/preferences`: a model, or `{ model: 'auto' }` to let the router choose. */
export interface PreferenceBody {
  readonly model: string
  readonly provider?: string | undefined
}

export const preferenceBodySchema: z.ZodType<PreferenceBody> = z.object({
  model: z.string().min(1).max(MODEL_ID_MAX_LENGTH),
  provider: z.string().min(1).max(50).optional(),
})

/** What `GET` and `PUT /api/preferences` answer. `null`: nobody chose. */
export interface PreferenceResponse {
  readonly provider: string | null
  readonly model: string | null
  readonly updatedAt: string | null
}
