import { z } from 'zod'

import { chatMessageSchema } from '../chat/chat-message.ts'
import type { ChatMessage } from '../chat/chat-message.ts'
import { modelParametersShape } from '../chat/model-parameters.ts'
import type { ModelParameters } from '../chat/model-parameters.ts'
import { MODEL_ID_MAX_LENGTH, hostIdSchema } from '../ids.ts'

/**
 * The body of `POST /api/chat`. Each event of the answer holds one `AnswerPart` as JSON.
 *
 * It has no `providerOptions`: they go to the provider as they are, so that anyone who may chat could
 * switch on at the host's cost whatever the provider sells. A host that wants some of them sets them.
 */
export interface ChatBody extends Omit<ModelParameters, 'providerOptions'> {
  readonly messages: readonly ChatMessage[]
  readonly model?: string | undefined
  readonly provider?: string | undefined
  readonly agentId?: string | undefined
  readonly sessionId?: string | undefined
  /** From 0, quality only, to 1, price only, as in `ChatRequest`. */
  readonly costQuality?: number | undefined
}

const { providerOptions: _notPublic, ...parameters } = modelParametersShape

export const chatBodySchema: z.ZodType<ChatBody> = z.object({
  messages: z.array(chatMessageSchema).min(1),
  model: z.string().min(1).max(MODEL_ID_MAX_LENGTH).optional(),
  provider: z.string().min(1).max(50).optional(),
  agentId: hostIdSchema.optional(),
  sessionId: hostIdSchema.optional(),
  costQuality: z
    .number()
    .min(0)
    .max(1)
    .optional()
    .describe('What a lower price is worth to this request: 0 is quality only, 1 price only.'),
  ...parameters,
})
