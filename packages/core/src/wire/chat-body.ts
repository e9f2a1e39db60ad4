import { z } from 'zod'

import { chatMessageSchema } from '../chat/chat-message.ts'
import type { ChatMessage } from '../chat/chat-message.ts'
import { MODEL_ID_MAX_LENGTH, hostIdSchema } from '../ids.ts'

/** The body of `POST /api/chat`. Each event of the answer holds one `AnswerPart` as JSON. */
export interface ChatBody {
  readonly messages: readonly ChatMessage[]
  readonly model?: string | undefined
  readonly provider?: string | undefined
  readonly agentId?: string | undefined
  readonly sessionId?: string | undefined
}

export const chatBodySchema: z.ZodType<ChatBody> = z.object({
  messages: z.array(chatMessageSchema).min(1),
  model: z.string().min(1).max(MODEL_ID_MAX_LENGTH).optional(),
  provider: z.string().min(1).max(50).optional(),
  agentId: hostIdSchema.optional(),
  sessionId: hostIdSchema.optional(),
})
